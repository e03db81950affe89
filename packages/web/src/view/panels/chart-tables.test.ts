import { expect, test } from 'vitest'
import { chartRowsTable, importanceTable, parallelTable } from './chart-tables.ts'

test('every chart has a table of what it is drawn from', () => {
  const runs = [
    { runId: 'a', displayName: 'owl' },
    { runId: 'b', displayName: 'bear' },
  ]
  expect(parallelTable(['lr', 'net'], runs, new Map([['a', [0.1, { depth: 2 }]]]))).toEqual({
    columns: ['Run', 'lr', 'net'],
    rows: [
      ['owl', 0.1, '{"depth":2}'],
      ['bear', '', ''],
    ],
  })
  expect(importanceTable({ parameters: [{ key: 'lr', importance: 0.7, correlation: null }] } as never).rows).toEqual([
    ['lr', 0.7, ''],
  ])
  expect(chartRowsTable([])).toBeUndefined()
  // Rows of different runs need not have the same names.
  expect(
    chartRowsTable([
      { id: 'a', name: 'owl', color: '#000', x: 1 },
      { id: 'b', name: 'bear', color: '#000', y: true },
    ]),
  ).toEqual({
    columns: ['Run', 'x', 'y'],
    rows: [
      ['owl', 1, ''],
      ['bear', '', 'true'],
    ],
  })
})
