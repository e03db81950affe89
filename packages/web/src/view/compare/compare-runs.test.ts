import type { RunDetail } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { compareRuns, filterComparison, percentDelta } from './compare-runs.ts'

const base = {
  state: 'finished',
  createdAtMs: 0,
  runtimeSeconds: 1,
  lastStep: 5,
  tags: [],
  exitCode: 0,
  metadata: {},
  summary: {},
}
const run = (over: object) => ({ ...base, config: {}, ...over }) as unknown as RunDetail

const rows = compareRuns([
  run({ config: { lr: 0.1, net: { depth: 3, width: 64 } }, summary: { loss: 1 } }),
  run({ config: { lr: 0.2, net: { depth: 3 } }, summary: { loss: 2 } }),
])

test('what runs have is side by side, with what only one has', () => {
  const of = (part: string) => rows.filter((row) => row.part === part)
  expect(of('Config').map(({ name, values, isDifferent }) => [name, values, isDifferent])).toEqual([
    ['lr', [0.1, 0.2], true],
    ['net.depth', [3, 3], false],
    ['net.width', [64, undefined], true],
  ])
  expect(of('Run').map(({ name }) => name)).toEqual(['state', 'created', 'duration', 'steps', 'exit code'])
})

test('only differences, and only what a search finds by name or value', () => {
  const names = (search: string, isDifferentOnly: boolean) =>
    filterComparison(rows, { search, isDifferentOnly }).map(({ name }) => name)
  expect(names('', true)).toEqual(['lr', 'net.width', 'loss'])
  expect(names('NET', false)).toEqual(['net.depth', 'net.width'])
  expect(names('64', true)).toEqual(['net.width'])
})

test('differences from a baseline are signed and say nothing where there is none', () => {
  expect(percentDelta(1.5, 1)).toBe('+50 %')
  expect(percentDelta(-3, -2)).toBe('−50 %')
  expect(percentDelta(1, 3)).toBe('−66.7 %')
  for (const [value, baseline] of [
    [1, 1],
    [1, 0],
    ['a', 1],
    [1, undefined],
  ] as const) {
    expect(percentDelta(value, baseline)).toBeUndefined()
  }
})
