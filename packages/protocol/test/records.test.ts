import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHistoryEncoder, decodeRecord, encodeRecord, stringifyNumber, type WandbRecord } from '../src/index.ts'
import { recordTypes } from '../src/records/record-schemas.ts'
import type { FieldType, MessageSchema } from '../src/records/schema.ts'

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 30, maxLength: 300 }))
const fullText = text.filter((value) => value !== '')

/** Values other than the default, since a default is not written. */
function fieldValue(type: FieldType): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return fullText
    case 'bool':
      return fc.constant(true)
    case 'double':
      return fc.double().filter((value) => !Object.is(value, 0))
    case 'int32':
      return fc.integer().filter((value) => value !== 0)
    case 'uint32':
      return fc.integer({ min: 1, max: 2 ** 32 - 1 })
    case 'int64':
      return wide(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
    case 'uint64':
      return wide(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }))
    default:
      return type.kind === 'message' ? messageOf(type) : fc.constantFrom(...[...type.words.values()].slice(1))
  }
}

function wide(values: fc.Arbitrary<bigint>): fc.Arbitrary<number | bigint> {
  return values
    .filter((value) => value !== 0n)
    .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value))
}

function messageOf(schema: MessageSchema): fc.Arbitrary<object> {
  const fields = schema.fields
    // An enum with nothing but its default says nothing.
    .filter(({ type }) => !(typeof type === 'object' && type.kind === 'enum' && type.words.size === 1))
    .map(({ name, type, label }) => {
      if (label === 'repeated')
        return [name, fc.array(type === 'string' ? text : fieldValue(type), { minLength: 1, maxLength: 3 })] as const
      if (label === 'map') {
        const value = (type as MessageSchema).byNumber.get(2)?.type as FieldType
        return [
          name,
          fc.dictionary(fullText, fieldValue(value), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
        ] as const
      }
      return [name, fieldValue(type)] as const
    })
  return fc
    .record(Object.fromEntries(fields), { requiredKeys: [] })
    .chain((message) =>
      fc
        .option(unknownField, { nil: undefined })
        .map((unknownFields) => (unknownFields ? { ...message, unknownFields } : message)),
    )
}

/** Field 5000, which no message has: as varint, as fixed 64 and 32 bits, as bytes. */
const unknownField = fc.constantFrom(
  Uint8Array.of(0xc0, 0xb8, 0x02, 0x96, 0x01),
  Uint8Array.of(0xc1, 0xb8, 0x02, 1, 2, 3, 4, 5, 6, 7, 8),
  Uint8Array.of(0xc5, 0xb8, 0x02, 1, 2, 3, 4),
  Uint8Array.of(0xc2, 0xb8, 0x02, 2, 0xff, 0xfe),
)

const envelope = fc.record(
  {
    num: wide(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n })),
    uuid: fullText,
    control: fc.record({ mailboxSlot: fullText, alwaysSend: fc.constant(true) }, { requiredKeys: [] }),
    info: fc.record({ streamId: fullText }, { requiredKeys: [] }),
    unknown: unknownField,
  },
  { requiredKeys: ['num'] },
)

describe.each(Object.keys(recordTypes) as (keyof typeof recordTypes)[])('%s', (kind) => {
  test('what is written is read as the same record, unknown fields included', () => {
    const [, schema] = recordTypes[kind]
    fc.assert(
      fc.property(envelope, messageOf(schema), (rest, content) => {
        const record = { ...rest, kind, [kind]: content } as unknown as WandbRecord
        const bytes = encodeRecord(record)
        expect(decodeRecord(bytes)).toEqual(record)
        expect(encodeRecord(decodeRecord(bytes))).toEqual(bytes)
      }),
      { numRuns: 30 },
    )
  })
})

test('types that we do not know, and records without a type', () => {
  fc.assert(
    fc.property(envelope, fc.integer({ min: 201, max: 10_000 }), fc.uint8Array(), (rest, fieldNumber, payload) => {
      const { unknown, ...known } = rest
      const record = { ...known, kind: 'unknown', fieldNumber, payload } as WandbRecord
      expect(decodeRecord(encodeRecord(record))).toEqual(record)
      expect(decodeRecord(encodeRecord({ ...known, kind: 'none' }))).toEqual({ ...known, kind: 'none' })
    }),
  )
})

test('an enum value that we do not know is kept', () => {
  // outputRaw { output_type: 7 }
  const bytes = Uint8Array.of(0x6a, 0x02, 0x08, 0x07)
  expect(decodeRecord(bytes)).toEqual({
    num: 0,
    kind: 'outputRaw',
    outputRaw: { unknownFields: Uint8Array.of(0x08, 0x07) },
  })
  expect(encodeRecord(decodeRecord(bytes))).toEqual(bytes)
})

test('a message in two parts is the merge of them', () => {
  // run { git { remote_url: "r" }, git { commit: "c" } }
  const bytes = Uint8Array.of(0x8a, 0x01, 12, 0xaa, 0x01, 3, 0x0a, 1, 0x72, 0xaa, 0x01, 3, 0x12, 1, 0x63)
  expect(decodeRecord(bytes)).toMatchObject({ run: { git: { remoteUrl: 'r', commit: 'c' } } })
})

test('bytes that are no record give an error and nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        decodeRecord(bytes)
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid-record' })
      }
    }),
    { numRuns: 2000 },
  )
})

describe('the encoder for rows of numbers', () => {
  const key = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: 'grapheme', minLength: 90, maxLength: 200 }),
  )
  const number = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.constantFrom(
      0,
      -0,
      1e-6,
      1e-7,
      0.1,
      4_294_967_295,
      4_294_967_295.999999,
      4_294_967_296,
      2 ** 53,
      1e21,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
    ),
    // Whole millionths, and their neighbours.
    fc.tuple(fc.nat(), fc.nat(999_999)).map(([whole, part]) => whole + part / 1e6),
    fc.nat().map((micros) => 1_795_000_000 + micros / 1e6),
    fc.double({ min: 0, max: 5e9, noNaN: true }),
  )
  const row = fc.record({
    num: fc.oneof(fc.nat(300), fc.nat()),
    step: fc.oneof(fc.nat(300), fc.nat({ max: 2 ** 31 - 1 })),
    timestampSeconds: number,
    runtimeSeconds: number,
  })

  test('gives the bytes of the general one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(key, { minLength: 1, maxLength: 3 }), { maxLength: 30 }).chain((paths) =>
          fc.tuple(
            fc.constant(paths),
            fc.array(fc.tuple(row, fc.array(number, { minLength: paths.length, maxLength: paths.length })), {
              minLength: 1,
              maxLength: 5,
            }),
          ),
        ),
        fc.nat(20),
        ([paths, rows], offset) => {
          const encoder = createHistoryEncoder(paths)
          const target = new Uint8Array(offset + encoder.bytesMax)
          for (const [fields, values] of rows) {
            const item = [
              ...paths.map((nestedKey, index) => ({
                nestedKey,
                valueJson: stringifyNumber(values[index] as number),
              })),
              { nestedKey: ['_timestamp'], valueJson: stringifyNumber(fields.timestampSeconds) },
              { nestedKey: ['_runtime'], valueJson: stringifyNumber(fields.runtimeSeconds) },
              { nestedKey: ['_step'], valueJson: String(fields.step) },
            ]
            const expected = encodeRecord({
              num: fields.num,
              kind: 'history',
              history: { item, step: { num: fields.step } },
            })
            const padded = Float64Array.from([1, 2, ...values])
            const end = encoder.encodeInto(target, offset, { ...fields, values: padded, valuesOffset: 2 })
            expect(Buffer.from(target.subarray(offset, end)).toString('latin1')).toBe(
              Buffer.from(expected).toString('latin1'),
            )
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
