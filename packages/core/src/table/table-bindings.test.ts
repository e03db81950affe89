import type { TableSnapshot } from '@lossline/journal'
import { expect, test } from 'vitest'
import { createTableBindings } from './table-bindings.ts'

const place = { run: {}, key: 't', onSkip() {}, onUndo() {} }

test('an increment names the newest 100 before it, however many there are', () => {
  const bindings = createTableBindings()
  const snapshots = Array.from({ length: 150 }, (_, index) => {
    const state = { logMode: 'INCREMENTAL', changeCount: index, rowCount: index, slice: () => [] } as const
    return bindings.snapshot(place, state) as TableSnapshot
  })
  const uriOf = ({ clientId, increment }: TableSnapshot) =>
    `wandb-client-artifact://${clientId}/${increment?.entryName}`
  expect(snapshots[99]?.increment?.previousPaths).toEqual(snapshots.slice(0, 99).map(uriOf))
  expect(snapshots[149]?.increment?.previousPaths).toEqual(snapshots.slice(49, 149).map(uriOf))
  expect(snapshots[149]?.increment?.number).toBe(149)
})

test('a table whose increments are short may grow beyond what one artifact holds', () => {
  const skipped: string[] = []
  const bindings = createTableBindings()
  for (const rowCount of [150_000, 300_000, 500_001]) {
    const state = { logMode: 'INCREMENTAL', changeCount: rowCount, rowCount, slice: () => [] } as const
    bindings.snapshot({ ...place, onSkip: (reason) => skipped.push(`${reason} at ${rowCount}`) }, state)
  }
  expect(skipped).toEqual(['table-rows at 500001'])
})
