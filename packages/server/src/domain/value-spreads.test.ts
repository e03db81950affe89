import type { RunGroupRow } from '@lossline/store'
import { expect, test } from 'vitest'
import { spreadsOfGroups } from './value-spreads.ts'

const group = (...values: RunGroupRow['values']): RunGroupRow => ({ values, runCount: 1, columns: [] })

test('of more values than are read nothing is told, as part of them would be wrong', async () => {
  const spreads = (total: number) =>
    spreadsOfGroups(
      { groups: async () => ({ total, groups: [group('a', 'x'), group('a', 'y')] }) },
      {
        query: { entity: 'local', project: 'demo', by: [{ kind: 'config', path: 'name' }] },
        groups: [group('a'), group('b')],
        path: { kind: 'config', path: 'optimizer' },
        breathe: async () => {},
      },
    )
  expect((await spreads(50_000)).map((spread) => spread?.distinctCount)).toEqual([2, 0])
  expect(await spreads(50_001)).toEqual([null, null])
})
