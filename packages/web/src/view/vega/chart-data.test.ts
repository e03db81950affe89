import type { RunSummary } from '@lossline/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyChartQuery, readChartQuery, toUserQuery } from './chart-query.ts'
import { runFields, tableRows, valueRows } from './chart-rows.ts'
import { withRows } from './with-rows.ts'

const key = fc.string({ minLength: 1 }).filter((text) => text.trim() === text)
const keys = fc.uniqueArray(key, { maxLength: 4 })

test('a query is read as it was written', () => {
  fc.assert(
    fc.property(
      fc.record({ table: fc.option(key, { nil: undefined }), history: keys, summary: keys, config: keys }),
      (query) => {
        expect(readChartQuery(JSON.parse(JSON.stringify(toUserQuery(query))))).toEqual(query)
      },
    ),
  )
})

test("W&B's own forms of a query: keys in one text, tables of history, fields below other fields", () => {
  const field = (name: string, args: object[] = [], fields: object[] = []) => ({ name, args, fields })
  const query = {
    queryFields: [
      field(
        'runSets',
        [],
        [
          field('historyTable', [{ name: 'tableKey', value: 'curve_table' }]),
          field('history', [{ name: 'keys', value: 'loss, acc' }]),
          field('wrapper', [], [field('summary', [{ name: 'keys', value: ['best'] }])]),
          field('config', [{ name: 'keys', value: 7 }]),
        ],
      ),
    ],
  }
  expect(readChartQuery(query as never)).toEqual({
    table: 'curve_table',
    history: ['loss', 'acc'],
    summary: ['best'],
    config: [],
  })
  for (const nothing of [undefined, null, 7, [], {}]) expect(readChartQuery(nothing)).toEqual(emptyChartQuery)
})

test('rows say of which run they are, unless their own columns do; any name of a column is one', () => {
  const run = runFields({ runId: 'a', displayName: 'first', number: 3 } as RunSummary, '#123456')
  const [row] = tableRows(
    {
      columns: ['name', '__proto__', 'when', 'bad'],
      rows: [['own', 1, { kind: 'time', timeMs: 5 }, { kind: 'number', text: 'NaN' }]],
    },
    run,
  )
  expect(Object.entries(row!)).toEqual([
    ['id', 'a'],
    ['name', 'own'],
    ['color', '#123456'],
    ['_defaultColorIndex', 2],
    ['__proto__', 1],
    ['when', 5],
    ['bad', null],
  ])
  expect(valueRows(['x', 'y'], [[1]], {})).toEqual([{ x: 1, y: null }])
})

test('rows become the data set of a spec; only a single chart is made to fit', () => {
  const rows = [{ x: 1 }]
  expect(withRows('vega-lite', { mark: 'bar' }, rows)).toMatchObject({
    isFitting: true,
    spec: { data: { name: 'wandb' }, datasets: { wandb: rows }, width: 'container' },
  })
  expect(withRows('vega-lite', { hconcat: [] }, rows).isFitting).toBe(false)
  expect(withRows('vega-lite', { mark: 'bar', encoding: { row: { field: 'x' } } }, rows).isFitting).toBe(false)
  expect(withRows('vega', { data: [{ name: 'a' }, { name: 'wandb' }] }, rows).spec).toMatchObject({
    data: [{ name: 'a' }, { name: 'wandb', values: rows }],
  })
})
