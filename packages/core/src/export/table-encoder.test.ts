import { isJsonObject, type JsonValue } from '@lossline/protocol'
import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { exportTable, type LineSpool } from './export-table.ts'
import { flattenRow } from './flatten-row.ts'
import type { ExportFormat } from './table-encoder.ts'

/** Lines in memory, where a program has a file. */
async function openSpool(): Promise<LineSpool> {
  const kept: string[] = []
  return {
    append: async (line) => void kept.push(line),
    lines: async function* () {
      yield* kept
    },
    close: async () => {},
  }
}

async function exportRows(
  format: ExportFormat,
  rows: readonly Record<string, JsonValue>[],
  firstColumns: string[] = [],
) {
  const parts: Uint8Array[] = []
  const report = await exportTable(
    { openSpool },
    {
      format,
      firstColumns,
      rows: (async function* () {
        for (const row of rows) yield flattenRow(row)
      })(),
      write: async (part) => void parts.push(part),
    },
  )
  const bytes = new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer())
  expect(report.sizeBytes).toBe(bytes.byteLength)
  return { report, bytes, text: new TextDecoder().decode(bytes) }
}

/** A reader of RFC 4180 that remembers what was quoted. */
function readCsv(text: string): { value: string; isQuoted: boolean }[][] {
  const lines: { value: string; isQuoted: boolean }[][] = []
  let line: { value: string; isQuoted: boolean }[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text)
    if (match === null) throw new Error('no CSV')
    const [, quoted, plain = '', end] = match
    line.push({ value: quoted === undefined ? plain : quoted.replaceAll('""', '"'), isQuoted: quoted !== undefined })
    if (end === ',') continue
    lines.push(line)
    line = []
  }
  return lines
}

describe('CSV', () => {
  test('has a header, quotes what needs it, and tells numbers from texts', async () => {
    const rows = [
      { _step: 0, loss: Number.NaN, text: 'NaN', val: { acc: 0.5 }, list: [1, 'a"b'] },
      { _step: 1, loss: Number.NEGATIVE_INFINITY, text: 'a,b\n"c"', flag: true, nothing: null },
      { _step: 2, text: '', big: 2n ** 60n },
    ]
    const { text, report } = await exportRows('csv', rows, ['_step'])
    expect(text).toBe(
      [
        '_step,big,flag,list,loss,nothing,text,val.acc',
        '0,,,"[1,""a\\""b""]",NaN,,"NaN",0.5',
        '1,,true,,-Infinity,null,"a,b\n""c""",',
        '2,1152921504606846976,,,,,"",',
        '',
      ].join('\r\n'),
    )
    expect(report).toMatchObject({ format: 'csv', rowCount: 3, columns: text.split('\r\n')[0]?.split(',') })
  })

  test('without rows is a header', async () => {
    expect((await exportRows('csv', [], ['_step', 'loss'])).text).toBe('_step,loss\r\n')
  })

  const cell = fc.oneof(
    fc.double(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('NaN', '1', ' x', '"', 'a,b', '\r\n', '', '\u2028'),
    fc.boolean(),
  )
  test('is read back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ a: cell, b: cell }), { maxLength: 8 }), async (rows) => {
        const [, ...lines] = readCsv((await exportRows('csv', rows, ['a', 'b'])).text)
        expect(lines.map((line) => line.map(toValue))).toEqual(rows.map(({ a, b }) => [a, b]))
      }),
    )
    function toValue({ value, isQuoted }: { value: string; isQuoted: boolean }): unknown {
      if (isQuoted) return value
      if (value === 'true' || value === 'false') return value === 'true'
      return value === 'NaN' || !Number.isNaN(Number(value)) ? Number(value) : value
    }
  })
})

describe('JSON Lines', () => {
  test('is strict JSON, one object a row', async () => {
    const { text } = await exportRows('jsonl', [
      { a: Number.NaN, b: { c: [Number.POSITIVE_INFINITY] }, d: 'x\u2028' },
      { a: 1, e: null },
    ])
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { a: 'NaN', 'b.c': ['Infinity'], d: 'x\u2028' },
      { a: 1, e: null },
    ])
  })
})

describe('Parquet', () => {
  async function readParquet(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    return parquetReadObjects({ file })
  }

  test('keeps numbers, texts, booleans, steps and what is mixed', async () => {
    const { bytes } = await exportRows(
      'parquet',
      [
        { _step: 0, loss: Number.NaN, text: 'é', flag: true, mixed: 1, list: [1], val: { acc: 0.5 } },
        { _step: 1, loss: Number.POSITIVE_INFINITY, flag: false, mixed: 'two', big: 2n ** 60n },
        { _step: 5, loss: -0, text: '' },
      ],
      ['_step'],
    )
    expect(await readParquet(bytes)).toEqual([
      { _step: 0n, big: null, flag: true, list: '[1]', loss: Number.NaN, mixed: '1', text: 'é', 'val.acc': 0.5 },
      {
        ...{ _step: 1n, big: '1152921504606846976', flag: false, list: null },
        ...{ loss: Number.POSITIVE_INFINITY, mixed: '"two"', text: null, 'val.acc': null },
      },
      { _step: 5n, big: null, flag: null, list: null, loss: -0, mixed: null, text: '', 'val.acc': null },
    ])
  })

  test('of many rows has several groups and is complete', async () => {
    const rows = Array.from({ length: 120_001 }, (_, step) => ({
      _step: step,
      loss: 1 / (step + 1),
      odd: step % 2 === 1,
    }))
    const { bytes, report } = await exportRows('parquet', rows, ['_step'])
    const read = await readParquet(bytes)
    expect(report.rowCount).toBe(rows.length)
    expect(read).toHaveLength(rows.length)
    for (const at of [0, 49_999, 50_000, 120_000]) {
      expect(read[at]).toEqual({ _step: BigInt(at), loss: 1 / (at + 1), odd: at % 2 === 1 })
    }
  })
})

test('nested objects become columns, media stay whole', () => {
  const row = { a: { b: { c: 1 }, empty: {} }, image: { _type: 'image-file', path: 'x' }, list: [{ d: 1 }] }
  expect([...flattenRow(row, 'p.')]).toEqual([
    ['p.a.b.c', 1],
    ['p.a.empty', {}],
    ['p.image', row.image],
    ['p.list', row.list],
  ])
  expect(isJsonObject(row.image)).toBe(true)
})
