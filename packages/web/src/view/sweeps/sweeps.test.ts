import type { RunWithValues, SweepSummary } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { bestSoFar } from './best-so-far.ts'
import { chosenValues, configTexts } from './config-texts.ts'
import { progressText, sweepControls } from './sweep-words.ts'

const runs = (...values: readonly (number | string | null)[]) =>
  values.map((value, index) => ({
    runId: String(index),
    state: index === 1 ? 'crashed' : 'finished',
    values: [value],
  })) as unknown as RunWithValues[]

test('the best so far follows the goal; runs without a number keep their place in the order and are counted', () => {
  const { points, missingCount } = bestSoFar(runs(3, 5, null, 2, 'NaN', 4), { goal: 'minimize' })
  expect(points.map(({ order, value, best, mark }) => [order, value, best, mark])).toEqual([
    [1, 3, 3, 'ended'],
    [2, 5, 3, 'failed'],
    [4, 2, 2, 'ended'],
    [6, 4, 2, 'ended'],
  ])
  expect(missingCount).toBe(2)
  expect(bestSoFar(runs(3, 5, 4), { goal: 'maximize' }).points.map(({ best }) => best)).toEqual([3, 5, 5])
})

test('progress says what is known', () => {
  const of = (counts: Partial<SweepSummary>) =>
    progressText({ failedCount: 0, liveCount: 0, ...counts } as SweepSummary)
  expect(of({ runCount: 20, expectedRunCount: 48, liveCount: 2, failedCount: 1 })).toBe(
    '18 of 48 runs, 2 going on, 1 failed',
  )
  expect(of({ runCount: 1, expectedRunCount: null })).toBe('1 run')
})

test('one that has ended can only be resumed', () => {
  expect(sweepControls('canceled').map(({ label }) => label)).toEqual(['Resume'])
  expect(sweepControls('running').map(({ label }) => label)).toEqual(['Pause', 'Stop', 'Cancel'])
  expect(sweepControls('paused').map(({ label }) => label)).toEqual(['Resume', 'Stop', 'Cancel'])
})

test('what a run was given is copied as JSON, YAML and flags', () => {
  const names = ['lr', 'net.depth', 'a.b', 'gone', 'name'].map((name) => ({ name }))
  const values = chosenValues({ lr: 0.1, net: { depth: 3 }, 'a.b': [1, 2], name: "it's" }, names)
  expect(configTexts(values)).toEqual({
    json: JSON.stringify({ lr: 0.1, 'net.depth': 3, 'a.b': [1, 2], name: "it's" }, null, 2),
    yaml: 'lr: 0.1\nnet.depth: 3\na.b: [1,2]\nname: "it\'s"',
    flags: "--lr=0.1 --net.depth=3 --a.b='[1,2]' --name='it'\\''s'",
  })
})
