import type { RunRow } from '@lossline/store'
import { expect, test } from 'vitest'
import { runtimeSeconds } from './run-values.ts'

function runOf(summary: string): RunRow {
  // Only what the function reads; a whole row has thirty columns.
  return { id: 1, config: '', summary, createdAtMs: 1000, heartbeatAtMs: 4500 } as unknown as RunRow
}

test.each([
  ['whole seconds of a short run do not hide the fraction', '{"_wandb":{"runtime":0},"_runtime":0.25}', 0.25],
  ['time after the last row counts', '{"_wandb":{"runtime":7},"_runtime":0.25}', 7],
  ['without a client’s count it is the time between signs of life', '{"loss":1}', 3.5],
  [
    'nanoseconds that a client took for seconds do not count',
    '{"_wandb":{"runtime":2589000000},"_runtime":2589000000.25}',
    3.5,
  ],
  ['what is not a finite number does not count', '{"_wandb":{"runtime":"7"},"_runtime":NaN}', 3.5],
])('%s', (_, summary, seconds) => {
  expect(runtimeSeconds(runOf(summary))).toBe(seconds)
})
