import { parseJson } from '@lossline/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toTable } from './parsed-columns.ts'
import { readCell } from './read-cell.ts'
import type { TableData } from './table-data.ts'
import { createTableParser } from './table-parser.ts'

/** Parses a text, cut into pieces of so many bytes. */
function parse(text: string | Uint8Array, pieceLengths: readonly number[] = []): TableData {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const parser = createTableParser()
  let from = 0
  for (const length of pieceLengths) {
    parser.push(bytes.subarray(from, from + length))
    from += length
  }
  parser.push(bytes.subarray(from))
  parser.end()
  return toTable('file', parser)
}

function cellsOf({ columns, rowCount }: TableData): unknown[][] {
  return Array.from({ length: rowCount }, (_, row) =>
    columns.map((column) => {
      const cell = readCell(column, row, 1e9)
      if (typeof cell !== 'object' || cell === null) return cell
      return cell.kind === 'json' ? JSON.parse(cell.text) : cell
    }),
  )
}

const cell = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.integer(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '"', '\\', '\u0000', '😀', 'NaN', 'null'),
  fc.array(fc.integer(), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.integer(), { maxKeys: 2 }).map((object) => ({ ...object })),
)

/** JSON as W&B's client writes it. */
function toText(value: unknown, space: string): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (Array.isArray(value)) return `[${value.map((one) => toText(one, space)).join(`,${space}`)}]`
  return JSON.stringify(value)
}

/** What a cell is read as: integers that W&B's dialect keeps whole have their digits. */
function readBack(value: unknown): unknown {
  const parsed = Number.isInteger(value) ? parseJson(String(value)) : value
  return typeof parsed === 'bigint' ? { kind: 'integer', text: String(parsed) } : value
}

test('a table is read whatever the pieces it comes in', () => {
  const table = fc.integer({ min: 0, max: 4 }).chain((width) =>
    fc.record({
      columns: fc.array(fc.string(), { minLength: width, maxLength: width }),
      data: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
      pieces: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 30 }),
      space: fc.constantFrom('', ' ', '\n\t'),
      isDataFirst: fc.boolean(),
    }),
  )
  fc.assert(
    fc.property(table, ({ columns, data, pieces, space, isDataFirst }) => {
      const parts = [`"columns":${JSON.stringify(columns)}`, `"data":${space}${toText(data, space)}`]
      const text = `{${(isDataFirst ? parts.toReversed() : parts).join(`,${space}`)},"log_mode": "IMMUTABLE"}${space}`
      const read = parse(text, pieces)
      expect(read.columns.length).toBe(columns.length)
      expect(new Set(read.columns.map(({ name }) => name)).size).toBe(columns.length)
      expect(cellsOf(read)).toEqual(data.map((row) => row.map(readBack)))
    }),
    { interruptAfterTimeLimit: 2000 },
  )
})

test('NaN, infinities, missing cells and integers beyond doubles stay apart', () => {
  const table = parse(
    '{"columns":["a"],"data":[[NaN],[null],[Infinity],[-Infinity],[12345678901234567890],[1e5],["NaN"],[9007199254740993]]}',
  )
  expect(cellsOf(table).flat()).toEqual([
    Number.NaN,
    null,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    12345678901234567000,
    100000,
    'NaN',
    { kind: 'integer', text: '9007199254740993' },
  ])
})

test.each([
  ['', 'it ends in the middle'],
  ['[1]', 'it is no object'],
  ['<html>', 'it is no object'],
  ['{}', 'columns is no list'],
  ['{"columns":["a"]}', 'data is no list'],
  ['{"columns":"a","data":[]}', 'columns is no list'],
  ['{"columns":["a"],"data":{}}', 'data is no list'],
  ['{"columns":["a"],"data":[[1],[2,3]]}', 'row 2 has 2 cells, and there are 1 columns'],
  ['{"columns":["a","b"],"data":[[1]]}', 'row 1 has 1 cells, and there are 2 columns'],
  ['{"data":[[1]],"columns":["a","b"]}', 'row 1 has 1 cells, and there are 2 columns'],
  ['{"columns":["a"],"data":[[1],7]}', 'row 2 is no list'],
  ['{"columns":["a"],"data":[[1],[2', 'it ends in the middle, after 1 rows'],
  ['{"columns":["a"],"data":[["abc', 'it ends in the middle, after 0 rows'],
  ['{"columns":["a"],"data":[[tru]]}', 'row 1 has something that is no value'],
  ['{"columns":["a"],"data":[[1.2.3]]}', 'byte 29 is not what JSON has there'],
  ['{"columns":["a"],"data":[[-]]}', 'Not JSON: -'],
  ['{"columns":["a"],"data":[[{"b":}]]}', 'Not JSON: {"b":}'],
  ['{"columns":["a"],"data":[[1]]}{', 'there is something behind its end'],
  ['{"columns":["a"],"data":[[1]] "x":1}', 'byte 30 is not what JSON has there'],
  ['{"columns":["a"],"data":[],"data":[]}', 'it has its rows twice'],
  [`{"columns":["a"],"data":[[${'['.repeat(600)}${']'.repeat(600)}]]}`, 'nested deeper than 500'],
])('%s is refused with a reason', (text, reason) => {
  for (const pieces of [[], [1, 1, 5, 9, 1, 1, 1]]) {
    expect(() => parse(text, pieces)).toThrow(
      expect.objectContaining({ reason: 'invalid', message: expect.stringContaining(reason) }),
    )
  }
})

test('a table without columns has rows all the same, and more columns than 10,000 are a mistake', () => {
  expect(parse('{"columns":[],"data":[[],[]]}')).toMatchObject({ columns: [], rowCount: 2 })
  expect(() => parse(`{"columns":[${'1,'.repeat(10_000)}1],"data":[]}`)).toThrow(/10001 columns/)
})

test('a huge cell in many pieces is read in a time that grows with its length', () => {
  const text = 'x'.repeat(8 * 2 ** 20)
  const table = parse(`{"columns":["a"],"data":[["${text}"]]}`, new Array(2000).fill(4096))
  expect(readCell(table.columns[0]!, 0, 3)).toEqual({ kind: 'cut', text: 'xxx' })
})
