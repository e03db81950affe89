/** How a protobuf value is written. Enums are tables from our word to the number on the wire. */
export type FieldType =
  | 'string'
  | 'bool'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'double'
  | EnumType
  | MessageSchema

export interface EnumType {
  readonly kind: 'enum'
  readonly numbers: Readonly<Record<string, number>>
  readonly words: ReadonlyMap<number, string>
}

export interface Field {
  readonly name: string
  readonly number: number
  readonly type: FieldType
  /** `map`: repeated entries of key 1 and value 2, an object here. `optional`: written even when it has its default. */
  readonly label: 'single' | 'optional' | 'repeated' | 'map'
}

/** The fields of a message, in the order in which they are written. */
export interface MessageSchema {
  readonly kind: 'message'
  readonly fields: readonly Field[]
  readonly byNumber: ReadonlyMap<number, Field>
}

type FieldSpec = readonly [number: number, type: FieldType, label?: Field['label']]

/** A schema with one field for each property of the interface that describes the message. */
export type FieldSpecs<Message> = { readonly [Name in Exclude<keyof Message, 'unknownFields'>]-?: FieldSpec }

/** Makes the schema of a message. */
export function message<Message>(specs: FieldSpecs<Message>): MessageSchema {
  const fields = Object.entries<FieldSpec>(specs)
    .map(([name, [number, type, label = 'single']]): Field => ({ name, number, type, label }))
    .sort((a, b) => a.number - b.number)
  return { kind: 'message', fields, byNumber: new Map(fields.map((field) => [field.number, field])) }
}

/** Makes the schema of a message of nothing but bools. */
export function flags(numbers: Readonly<Record<string, number>>): MessageSchema {
  return message<Record<string, boolean>>(
    Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, [number, 'bool']])),
  )
}

/** Makes an enum; the word of number 0 is the default, which is not written. */
export function enumOf(words: readonly string[]): EnumType {
  return {
    kind: 'enum',
    numbers: Object.fromEntries(words.map((word, number) => [word, number])),
    words: new Map(words.map((word, number) => [number, word])),
  }
}
