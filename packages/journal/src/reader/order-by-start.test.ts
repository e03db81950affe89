import { expect, test } from 'vitest'
import { orderByStart } from './order-by-start.ts'

const at = (folder: string, runId: string, writtenMs: number) => ({
  journalPath: `/data/${folder}/run-${runId}.wandb`,
  writtenMs,
})

test('runs come by when they began, within a second by when they were written, whatever prefix their folders have', () => {
  const first = at('run-20261124_101459-z', 'z', 90)
  const second = at('offline-run-20261124_101500-b', 'b', 10)
  const third = at('run-20261124_101500-a', 'a', 20)
  const other = at('copied', 'a', 1)
  expect(orderByStart([other, third, second, first])).toEqual([first, second, third, other])
})

test('parts of a run stay in their order when a copy has mixed up the times of writing', () => {
  const parts = [
    at('run-20261124_101500-1', '1', 50),
    at('run-20261124_101500-1-1', '1', 30),
    ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((part) => at(`run-20261124_101500-1-${part}`, '1', 60 - part)),
  ]
  const between = at('run-20261124_101500-1-1-x', '1-1-x', 40)
  for (let turn = 0; turn <= parts.length; turn++) {
    const mixed = [...parts.slice(turn), between, ...parts.slice(0, turn)]
    expect(orderByStart(mixed)).toEqual([between, ...parts])
  }
})
