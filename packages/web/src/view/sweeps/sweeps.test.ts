import type { RunWithValues, SweepDetail, SweepSummary } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { bestSoFar, bestSteps, runTicks } from './best-so-far.ts'
import { chosenValues, configTexts } from './config-texts.ts'
import { sweepSortCodec } from './sweep-list.ts'
import { progressText, sweepControls, sweepNotice } from './sweep-words.ts'

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
  // One that failed is no best one, and no beginning of the line either.
  expect(bestSoFar(runs(3, 5, 4), { goal: 'maximize' }).points.map(({ best }) => best)).toEqual([3, 3, 4])
  const late = bestSoFar(runs(null, 9, 4, 4, 6), { goal: 'maximize' }).points
  expect(late.map(({ best }) => best)).toEqual([undefined, 4, 4, 6])
  expect(bestSteps(late)).toEqual([
    [3, 4],
    [4, 4],
    [5, 4],
    [5, 6],
  ])
  expect(bestSteps([])).toEqual([])
  expect(runTicks([-1, 0, 1, 1.5, 2, 5, 6], 5)).toEqual([1, 2, 5])
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

test('one that nobody has begun cannot be paused', () => {
  expect(sweepControls('pending').map(({ label }) => label)).toEqual(['Stop', 'Cancel'])
})

test('a grid that is complete says so, and one that goes on in silence too', () => {
  const of = (sweep: Partial<SweepDetail>, nowMs = 0) =>
    sweepNotice({ state: 'running', runCount: 48, liveCount: 0, lastHeardAtMs: 0, grid: null, ...sweep }, nowMs)
  const full = { pointCount: 48, takenCount: 48 }
  expect(of({ grid: full })).toBe('Grid complete, 48 of 48')
  expect(of({ grid: full, liveCount: 1 })).toBeUndefined()
  expect(of({ grid: { ...full, takenCount: 47 } })).toBeUndefined()
  expect(of({}, 5 * 60_000)).toBe('No run has been heard of for 5m')
  expect(of({}, 5 * 60_000 - 1)).toBeUndefined()
  for (const quiet of [{ liveCount: 1 }, { state: 'paused' }, { lastHeardAtMs: null }] as const) {
    expect(of(quiet, 1e9)).toBeUndefined()
  }
})

test('the order of a list stands in the address where it is not newest first', () => {
  const roundTrip = (s: string) => sweepSortCodec.stringify(sweepSortCodec.parse({ s }))
  expect(['best', '-best', '-created', 'created', 'loss', ''].map(roundTrip)).toEqual([
    { s: 'best' },
    { s: '-best' },
    {},
    { s: 'created' },
    {},
    {},
  ])
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
