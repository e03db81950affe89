import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  columnTypes,
  isMediaCell,
  type JsonObject,
  type MediaJson,
  optionalOf,
  parseJson,
  parseTable,
  type TableCell,
  type TableColumn,
  toArtifactTableText,
  toRunTableText,
} from '../src/index.ts'

const run = new URL('../../testing/fixtures/wandb-runs/table/', import.meta.url)
const runTables = new URL('offline-run-20261124_020634-table001/files/media/table/', run)
// What NumPy and pandas made, and so floating-point numbers also where they are whole.
const floatColumns = new Set(['nPredictions', 'precision', 'recall', 'fpr', 'tpr'])
// The scores of these are Python's floats, 0.0 among them, which reads like an integer here.
const unknowable = /"data": \[\[0, \{.*?"row 0, [^{]*", 0\.0,/

function toColumns(json: JsonObject): TableColumn<MediaJson>[] {
  const { columns, rows, types } = parseTable(json)
  return columns.map((name, index) => {
    const type = types?.get(name) ?? optionalOf(columnTypes.any)
    const values = rows.map((row) => row[index] ?? null)
    if (!floatColumns.has(name)) return { name, type, cells: { kind: 'values', values } }
    return { name, type, cells: { kind: 'numbers', values: Float64Array.from(values as number[]), isFloat: true } }
  })
}

const artifactTables = readdirSync(new URL('staging/', run))
  .map((name) => ({ name, text: readFileSync(new URL(`staging/${name}`, run), 'latin1') }))
  .filter(({ text }) => text.startsWith('{"_type": "table"'))

test.each(artifactTables)('the artifact table $name comes out byte for byte', ({ text }) => {
  const json = parseJson(text) as JsonObject
  const columns = toColumns(json)
  const written = [
    ...toArtifactTableText(columns, json.nrows as number, {
      logMode: 'IMMUTABLE',
      toMediaJson: ({ media }) => media,
    }),
  ].join('')
  if (unknowable.test(text)) expect(parseJson(written)).toEqual(json)
  else expect(written).toBe(text)
})

test.each(readdirSync(runTables))('the run table %s comes out byte for byte', (name) => {
  const text = readFileSync(new URL(name, runTables), 'utf8')
  const json = parseJson(text) as JsonObject
  const columns = toColumns(json)
  const written = [...toRunTableText(columns, (json.data as unknown[]).length)].join('')
  if (name.startsWith('predictions_0_84f9')) expect(parseJson(written)).toEqual(json)
  else expect(written).toBe(text)
})

test('a table that was read knows its images and their place in the artifact', () => {
  const { text } = artifactTables.find((table) => table.text.includes('"image-file"')) as { text: string }
  const { columns, rows, types, logMode } = parseTable(parseJson(text))
  expect(columns).toEqual(['id', 'image', 'text', 'score', 'label', 'correct'])
  expect(logMode).toBe('IMMUTABLE')
  const image = rows[0]?.[1] as TableCell<MediaJson>
  expect(isMediaCell(image) && image.media.path).toMatch(/^media\/images\/[0-9a-f]{20}\.png$/)
  expect(isMediaCell(image) && image.columnType.kind).toBe('image')
  expect(types?.get('score')).toEqual(optionalOf(columnTypes.number))
})
