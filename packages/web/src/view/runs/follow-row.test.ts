import type { RunWithValues } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { followRow } from './follow-row.ts'
import { type TableRows, toFlatRows } from './table-rows.ts'

function rowsOf(...ids: readonly (string | undefined)[]): TableRows {
  const runs = ids.map((runId) => (runId === undefined ? undefined : ({ runId } as RunWithValues)))
  return toFlatRows({ total: runs.length, runs, ensure: () => undefined })
}

test('a row that moves is followed, so that two presses of a key mean the same run', () => {
  const place = followRow(rowsOf('a', 'b', 'c'), { index: 2, key: undefined })
  expect(place).toEqual({ index: 2, key: '0 c' })
  expect(followRow(rowsOf('a', 'b', 'c'), place)).toBe(place)
  const moved = followRow(rowsOf('c', 'a', 'b'), place)
  expect(moved).toEqual({ index: 0, key: '0 c' })
  expect(followRow(rowsOf('a', 'b', 'c'), moved)).toEqual(place)
})

test('a row that is gone leaves its place; one that is loading keeps it', () => {
  const place = { index: 2, key: '0 c' }
  expect(followRow(rowsOf('a', 'b', 'd'), place)).toEqual({ index: 2, key: '0 d' })
  expect(followRow(rowsOf('a'), place)).toEqual({ index: 0, key: '0 a' })
  expect(followRow(rowsOf(), place)).toBe(place)
  expect(followRow(rowsOf('a', 'b', undefined), place)).toBe(place)
  expect(followRow(rowsOf('a'), { index: -1, key: undefined }).index).toBe(-1)
})
