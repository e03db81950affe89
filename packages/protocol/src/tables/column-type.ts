/**
 * The type of a table's column, as W&B's client infers it. `none` is null and NaN; `unknown` has seen nothing but them;
 * `any` takes everything except `none`; a column that may be empty is a union with `none`.
 */
export type ColumnType =
  | { readonly kind: SimpleTypeName }
  | { readonly kind: 'union'; readonly members: readonly ColumnType[] }
  /** `length` is that of the last list, `null` if lists within lists differ. */
  | { readonly kind: 'list'; readonly element: ColumnType; readonly length: number | null }
  | { readonly kind: 'dictionary'; readonly types: ReadonlyMap<string, ColumnType> }
  | { readonly kind: 'array'; readonly shape: readonly number[]; readonly serialization?: ArraySerialization }
  /** A value that never changes, kept as it was read. */
  | { readonly kind: 'constant'; readonly value: unknown; readonly isSet: boolean }
  | { readonly kind: 'image'; readonly details: ImageTypeDetails }
  /** Another type of W&B's, by its name, such as `audio-file`; `params` are kept as they were read. */
  | { readonly kind: 'named'; readonly name: string; readonly params?: unknown }

/** Types without parts, by their names in W&B's files. */
export type SimpleTypeName = 'number' | 'string' | 'boolean' | 'timestamp' | 'none' | 'unknown' | 'any' | 'invalid'

/** Where the numbers of a column of arrays lie: a `.npz` file of the artifact and a name in it. */
export interface ArraySerialization {
  readonly path: string
  readonly key: string
}

/** What the images of a column have drawn on them. Class ids are as given; class maps go from id to name. */
export interface ImageTypeDetails {
  readonly boxLayers: Readonly<Record<string, readonly (number | string)[]>>
  readonly boxScoreKeys: readonly string[]
  readonly maskLayers: Readonly<Record<string, readonly (number | string)[]>>
  readonly boxClassMaps: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly maskClassMaps: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly classMap: Readonly<Record<string, string>>
}

/** The simple types, one object each, so that columns can compare by identity. */
export const columnTypes: { readonly [Name in SimpleTypeName]: { readonly kind: Name } } = {
  number: { kind: 'number' },
  string: { kind: 'string' },
  boolean: { kind: 'boolean' },
  timestamp: { kind: 'timestamp' },
  none: { kind: 'none' },
  unknown: { kind: 'unknown' },
  any: { kind: 'any' },
  invalid: { kind: 'invalid' },
}

/** Images without boxes and masks. */
export const plainImageType: ColumnType = {
  kind: 'image',
  details: { boxLayers: {}, boxScoreKeys: [], maskLayers: {}, boxClassMaps: {}, maskClassMaps: {}, classMap: {} },
}

/** A union of types: unions among them are dissolved, and the members sorted by their text as W&B's client does. */
export function unionOf(members: readonly ColumnType[]): ColumnType {
  const flat = members.flatMap((member) => (member.kind === 'union' ? member.members : [member]))
  return { kind: 'union', members: sortByText(flat) }
}

/** The type, or nothing. */
export function optionalOf(type: ColumnType): ColumnType {
  return unionOf([type, columnTypes.none])
}

/** Whether a column of the type may have empty cells. */
export function isOptional(type: ColumnType): boolean {
  return type.kind === 'none' || (type.kind === 'union' && type.members.some(isOptional))
}

/** A type in words, for people. */
export function describeColumnType(type: ColumnType): string {
  switch (type.kind) {
    case 'union':
      return type.members.map(describeColumnType).join(' or ')
    case 'list':
      return `list of ${describeColumnType(type.element)}`
    case 'dictionary':
      return `{ ${[...type.types].map(([key, member]) => `${key}: ${describeColumnType(member)}`).join(', ')} }`
    case 'array':
      return `array of ${type.shape.join(' × ')} numbers`
    case 'constant':
      return `the value ${JSON.stringify(type.value)}`
    case 'named':
      return type.name
    default:
      return type.kind
  }
}

/** The text by which W&B's client sorts the members of a union: its types as Python prints them. */
function sortText(type: ColumnType): string {
  switch (type.kind) {
    case 'union':
      return type.members.map(sortText).join(' or ')
    case 'list':
      return `${sortText(type.element)}[]`
    case 'dictionary':
      return `{${[...type.types].map(([key, member]) => `'${key}': ${sortText(member)}`).join(', ')}}`
    case 'array':
      return `Ndarray(shape:[${type.shape.join(', ')}])`
    case 'constant':
      return String(type.value)
    case 'image':
      return 'Image-file(box_layers:'
    case 'named':
      return capitalize(type.name)
    default:
      return capitalize(type.kind)
  }
}

function sortByText(types: readonly ColumnType[]): ColumnType[] {
  return types
    .map((type) => ({ type, text: sortText(type) }))
    .sort((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0))
    .map(({ type }) => type)
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase()
}
