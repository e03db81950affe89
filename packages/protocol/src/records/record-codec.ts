import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { decodeMessage, encodeMessage, joinBytes, takeUnknown } from './message-codec.ts'
import { control, recordInfo, recordTypes } from './record-schemas.ts'
import type { RecordTypes, WandbRecord } from './record-types.ts'

const numberField = 1
const controlField = 16
const uuidField = 19
const infoField = 200

const kinds = /* @__PURE__ */ new Map(
  Object.entries(recordTypes).map(([kind, [number, schema]]) => [number, { kind, schema }]),
)

/**
 * Reads a record.
 *
 * @throws {@link ProtocolError} `invalid-record` if the bytes are no protobuf message. Unknown types and fields are no error.
 */
export function decodeRecord(bytes: Uint8Array): WandbRecord {
  const reader = new ByteReader(bytes)
  const record: Record<string, unknown> = { num: 0, kind: 'none' }
  const unknown: Uint8Array[] = []
  while (reader.position < reader.end) {
    const start = reader.position
    const tag = reader.smallVarint()
    const fieldNumber = tag >>> 3
    const wireType = tag & 7
    const type = kinds.get(fieldNumber)
    if (fieldNumber === numberField && wireType === 0) {
      const value = reader.varint()
      record.num = typeof value === 'bigint' ? BigInt.asIntN(64, value) : value
    } else if (wireType !== 2) {
      reader.position = start
      unknown.push(takeUnknown(reader))
    } else if (fieldNumber === uuidField) record.uuid = reader.string()
    else {
      const content = reader.part(reader.smallVarint())
      const contentStart = content.position
      if (fieldNumber === controlField) record.control = decodeMessage(control, content)
      else if (fieldNumber === infoField) record.info = decodeMessage(recordInfo, content)
      else if (type !== undefined) {
        record.kind = type.kind
        record[type.kind] = decodeMessage(type.schema, content)
      } else if (record.kind === 'none') {
        record.kind = 'unknown'
        record.fieldNumber = fieldNumber
        record.payload = bytes.slice(contentStart, reader.position)
      } else unknown.push(bytes.slice(start, reader.position))
    }
  }
  if (unknown.length > 0) record.unknown = joinBytes(unknown)
  // The loop above gave it exactly the properties of its kind.
  return record as unknown as WandbRecord
}

const writer = /* @__PURE__ */ new ByteWriter()

/** Writes a record. Fields come in the order of their numbers, those with default values are left out. */
export function encodeRecord(record: WandbRecord): Uint8Array {
  writer.clear()
  if (record.num !== 0) {
    writer.varint(numberField * 8)
    writer.integer(record.num)
  }
  const content = contentOf(record)
  if (content !== undefined && content.number < controlField) content.write()
  if (record.control !== undefined) {
    writer.varint(controlField * 8 + 2)
    writer.delimited(() => encodeMessage(control, record.control as object, writer))
  }
  if (content !== undefined && content.number > controlField && content.number < uuidField) content.write()
  if (record.uuid) {
    writer.varint(uuidField * 8 + 2)
    writer.string(record.uuid)
  }
  if (content !== undefined && content.number > uuidField && content.number < infoField) content.write()
  if (record.info !== undefined) {
    writer.varint(infoField * 8 + 2)
    writer.delimited(() => encodeMessage(recordInfo, record.info as object, writer))
  }
  if (content !== undefined && content.number > infoField) content.write()
  if (record.unknown !== undefined) writer.bytes(record.unknown)
  return writer.toBytes()
}

function contentOf(record: WandbRecord): { readonly number: number; readonly write: () => void } | undefined {
  if (record.kind === 'none') return undefined
  if (record.kind === 'unknown') {
    const { fieldNumber, payload } = record
    return {
      number: fieldNumber,
      write: () => {
        writer.varint(fieldNumber * 8 + 2)
        writer.delimited(() => writer.bytes(payload))
      },
    }
  }
  const [number, schema] = recordTypes[record.kind]
  const content = (record as unknown as RecordTypes)[record.kind]
  return {
    number,
    write: () => {
      writer.varint(number * 8 + 2)
      writer.delimited(() => encodeMessage(schema, content, writer))
    },
  }
}
