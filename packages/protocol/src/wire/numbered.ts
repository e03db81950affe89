import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts'
import { ByteReader } from '../records/byte-reader.ts'
import { ByteWriter } from '../records/byte-writer.ts'
import { decodeMessage, encodeMessage } from '../records/message-codec.ts'
import type { MessageSchema } from '../records/schema.ts'

/** The numbers of the bools that are set in a message of bools, ascending, unknown ones included. */
export function toSetNumbers(schema: MessageSchema, message: object | undefined): number[] {
  if (message === undefined) return []
  const writer = new ByteWriter()
  encodeMessage(schema, message, writer)
  const reader = new ByteReader(writer.toBytes())
  const numbers: number[] = []
  while (reader.position < reader.end) {
    const tag = reader.smallVarint()
    if ((tag & 7) === 0) {
      if (reader.varint() !== 0) numbers.push(tag >>> 3)
    } else reader.skipValue(tag & 7)
  }
  return numbers.sort((a, b) => a - b)
}

/** The other way round; a number that we do not know is kept as an unknown field. */
export function fromSetNumbers(schema: MessageSchema, numbers: JsonValue | undefined): object {
  const writer = new ByteWriter()
  for (const number of Array.isArray(numbers) ? numbers : []) {
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 1 || number > 2 ** 29 - 1) continue
    writer.varint(number * 8)
    writer.varint(1)
  }
  return decodeMessage(schema, new ByteReader(writer.toBytes()))
}

/** Reads members of an object by field number. */
export function memberText(object: JsonObject, number: number): string {
  const value = object[String(number)]
  return typeof value === 'string' ? value : ''
}

export function memberObject(object: JsonObject, number: number): JsonObject | undefined {
  const value = object[String(number)]
  return isJsonObject(value) ? value : undefined
}
