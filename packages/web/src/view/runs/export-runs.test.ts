import type { RunWithValues } from '@lossline/protocol'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { exportRuns } from './export-runs.ts'
import { runsToParquet } from './runs-parquet.ts'
import { chosenColumns } from './table-columns.ts'

const run = (more: Partial<RunWithValues>): RunWithValues =>
  ({
    runId: 'a1',
    displayName: 'swift',
    state: 'finished',
    createdAtMs: 0,
    tags: ['best', 'x'],
    values: [],
    ...more,
  }) as RunWithValues
const columns = chosenColumns(['run.created', 'run.tags', 'run.id', 'config.lr', 'summary.note'], [])
const exported = {
  columns,
  asked: ['config.lr', 'summary.note'],
  runs: [run({ values: [0.1, '=1+1'] }), run({ runId: 'b2', displayName: 'a, "b"', values: [null, { deep: [1] }] })],
}

test('runs are saved as CSV with every cell in its place, and no cell is a formula', () => {
  expect(exportRuns('csv', exported)).toBe(
    [
      'name,id,run.created,run.tags,config.lr,summary.note',
      "swift,a1,1970-01-01T00:00:00.000Z,best x,0.1,'=1+1",
      '"a, ""b""",b2,1970-01-01T00:00:00.000Z,best x,,"{""deep"":[1]}"',
      '',
    ].join('\r\n'),
  )
})

test('runs are saved as JSON with their values as they are', () => {
  expect(JSON.parse(exportRuns('json', exported))[1]).toEqual({
    name: 'a, "b"',
    id: 'b2',
    'run.created': '1970-01-01T00:00:00.000Z',
    'run.tags': ['best', 'x'],
    'config.lr': null,
    'summary.note': { deep: [1] },
  })
})

test('runs are saved as Parquet with columns of their kinds', async () => {
  const columns = chosenColumns(['config.lr', 'summary.loss', 'summary.ok', 'summary.note'], [])
  const asked = columns.map(({ key }) => key)
  const runs = [
    run({ values: [0.1, 'NaN', true, 'x'] }),
    run({ runId: 'b2', values: [null, 3, false, { deep: [1] }] }),
    run({ runId: 'c3', values: [2, 'Infinity', null, 'NaN'] }),
  ]
  const { buffer } = runsToParquet({ runs, columns, asked })
  const { schema } = parquetMetadata(buffer)
  expect(schema.slice(1).map(({ name, type }) => [name, type])).toEqual([
    ['name', 'BYTE_ARRAY'],
    ['id', 'BYTE_ARRAY'],
    ['config.lr', 'DOUBLE'],
    ['summary.loss', 'DOUBLE'],
    ['summary.ok', 'BOOLEAN'],
    ['summary.note', 'BYTE_ARRAY'],
  ])
  expect(await parquetReadObjects({ file: buffer })).toEqual([
    { name: 'swift', id: 'a1', 'config.lr': 0.1, 'summary.loss': Number.NaN, 'summary.ok': true, 'summary.note': 'x' },
    {
      ...{ name: 'swift', id: 'b2', 'config.lr': null, 'summary.loss': 3, 'summary.ok': false },
      'summary.note': '{"deep":[1]}',
    },
    {
      ...{ name: 'swift', id: 'c3', 'config.lr': 2, 'summary.loss': Number.POSITIVE_INFINITY, 'summary.ok': null },
      'summary.note': 'NaN',
    },
  ])
  expect(await parquetReadObjects({ file: runsToParquet({ runs: [], columns, asked }).buffer })).toEqual([])
})
