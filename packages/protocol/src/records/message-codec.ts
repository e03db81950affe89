import { setProperty } from '../json/json-value.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { Field, FieldType, MessageSchema } from './schema.ts'

type Fields = Record<string, unknown>

/** Reads a message up to the reader's end. Only fields that are there get a property; unknown ones are kept as bytes. */
export function decodeMessage(schema: MessageSchema, reader: ByteReader): object {
  const fields: Fields = {}
  let unknown: Uint8Array[] | undefined
  while (reader.position < reader.end) {
    const start = reader.position
    const tag = reader.smallVarint()
    const field = schema.byNumber.get(tag >>> 3)
    if (field === undefined || (tag & 7) !== wireTypeOf(field.type) || !decodeField(fields, field, reader)) {
      reader.position = start
      unknown ??= []
      unknown.push(takeUnknown(reader))
    }
  }
  if (unknown !== undefined) fields.unknownFields = joinBytes(unknown)
  return fields
}

/** The bytes of the next field, tag included, copied. */
export function takeUnknown(reader: ByteReader): Uint8Array {
  const start = reader.position
  reader.skipValue(reader.smallVarint() & 7)
  return reader.bytes.slice(start, reader.position)
}

/** Writes the fields of a message; undefined ones and, as proto3 does, those with the default value are left out. */
export function encodeMessage(schema: MessageSchema, value: object, writer: ByteWriter): void {
  const fields = value as Fields
  for (const field of schema.fields) {
    const content = fields[field.name]
    if (content !== undefined) encodeField(field, content, writer)
  }
  const unknown = fields.unknownFields as Uint8Array | undefined
  if (unknown !== undefined) writer.bytes(unknown)
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Returns false for an enum's number that has no word here. */
function decodeField(fields: Fields, field: Field, reader: ByteReader): boolean {
  const value = decodeValue(field.type, reader)
  if (value === undefined) return false
  const { name } = field
  if (field.label === 'repeated') {
    const list = fields[name] as unknown[] | undefined
    if (list === undefined) fields[name] = [value]
    else list.push(value)
  } else if (field.label === 'map') {
    const entry = value as { key?: string; value?: unknown }
    fields[name] ??= {}
    setProperty(fields[name] as Fields, entry.key ?? '', entry.value ?? defaultOf(field.type))
  } else if (isMessage(field.type) && fields[name] !== undefined) {
    // A message that comes in parts is the merge of its parts.
    fields[name] = mergeMessages(fields[name] as Fields, value as Fields)
  } else fields[name] = value
  return true
}

/** Protobuf's merge: later fields win, lists are joined, messages are merged in turn. */
export function mergeMessages<Message extends object>(earlier: Message, later: Message): Message {
  const merged = { ...earlier } as Fields
  for (const [name, value] of Object.entries(later)) {
    const before = merged[name]
    if (Array.isArray(before) && Array.isArray(value)) merged[name] = [...before, ...value]
    else if (before instanceof Uint8Array && value instanceof Uint8Array) merged[name] = joinBytes([before, value])
    else if (isPlain(before) && isPlain(value)) merged[name] = mergeMessages(before, value)
    else merged[name] = value
  }
  // Both have the type, so their fields do.
  return merged as Message
}

function isPlain(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

function decodeValue(type: FieldType, reader: ByteReader): unknown {
  switch (type) {
    case 'string':
      return reader.string()
    case 'bool':
      return Boolean(reader.varint())
    case 'double':
      return reader.double()
    case 'uint64':
      return reader.varint()
    case 'uint32':
      return Number(BigInt.asUintN(32, BigInt(reader.varint())))
    case 'int32':
      return Number(BigInt.asIntN(32, BigInt(reader.varint())))
    case 'int64':
      return toSigned(reader.varint())
    default:
      break
  }
  if (type.kind === 'enum') return type.words.get(Number(reader.varint()))
  return decodeMessage(type, reader.part(reader.smallVarint()))
}

function toSigned(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value
  const signed = BigInt.asIntN(64, value)
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed
}

function encodeField(field: Field, content: unknown, writer: ByteWriter): void {
  const { number, type, label } = field
  const tag = number * 8 + wireTypeOf(type)
  if (label === 'repeated') {
    for (const value of content as readonly unknown[]) {
      writer.varint(tag)
      encodeValue(type, value, writer)
    }
  } else if (label === 'map') {
    for (const [key, value] of Object.entries(content as Fields)) {
      writer.varint(tag)
      encodeValue(type, { key, value }, writer)
    }
  } else if (label === 'optional' || !isDefault(type, content)) {
    writer.varint(tag)
    encodeValue(type, content, writer)
  }
}

function encodeValue(type: FieldType, value: unknown, writer: ByteWriter): void {
  if (type === 'string') writer.string(value as string)
  else if (type === 'bool') writer.varint(value ? 1 : 0)
  else if (type === 'double') writer.double(value as number)
  else if (typeof type === 'string') writer.integer(value as number | bigint)
  else if (type.kind === 'enum') writer.varint(type.numbers[value as string] ?? 0)
  else writer.delimited(() => encodeMessage(type, value as object, writer))
}

function isDefault(type: FieldType, value: unknown): boolean {
  if (typeof type === 'object') return type.kind === 'enum' && (type.numbers[value as string] ?? 0) === 0
  return value === '' || value === false || Object.is(value, 0) || value === 0n
}

function defaultOf(type: FieldType): unknown {
  const valueType = isMessage(type) ? type.byNumber.get(2)?.type : undefined
  return valueType === 'string' ? '' : {}
}

function isMessage(type: FieldType): type is MessageSchema {
  return typeof type === 'object' && type.kind === 'message'
}

function wireTypeOf(type: FieldType): number {
  if (type === 'string' || isMessage(type)) return 2
  return type === 'double' ? 1 : 0
}
