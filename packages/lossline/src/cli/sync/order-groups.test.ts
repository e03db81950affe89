import { expect, test } from 'vitest'
import { parentsFirst } from './order-groups.ts'

function orderOf(parents: Record<string, string | undefined>): string[] {
  const groups = Object.entries(parents).map(([runId, parentId]) => ({ runId, parentId, items: [] }))
  return parentsFirst(groups).map(({ runId }) => runId)
}

test('a fork comes behind its parent, and that behind its own; others stay where they are', () => {
  expect(orderOf({ c: 'b', x: undefined, b: 'a', a: undefined, d: 'elsewhere' })).toEqual(['a', 'b', 'c', 'x', 'd'])
  expect(orderOf({ a: 'b', b: 'a' })).toHaveLength(2)
})
