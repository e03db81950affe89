import type { RunWithValues, SweepDetail, SweepSummary } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { bestSoFar, bestSteps, runTicks } from './best-so-far.ts'
import { chosenValues, configTexts } from './config-texts.ts'
import { sweepSortCodec } from './sweep-list.ts'
import { agentCommand, presentFirst, progressText, sweepControls, sweepNotice } from './sweep-words.ts'

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
  const of = (sweep: Partial<SweepDetail>, nowMs = 0, agents: readonly number[] | null = []) =>
    sweepNotice(
      { state: 'running', runCount: 48, liveCount: 0, lastHeardAtMs: 0, grid: null, ...sweep },
      agents?.map((heartbeatAtMs) => ({ heartbeatAtMs })),
      nowMs,
    )
  const full = { pointCount: 48, takenCount: 48 }
  expect(of({ grid: full })).toBe('Grid complete, 48 of 48')
  expect(of({ grid: full, liveCount: 1 })).toBeUndefined()
  expect(of({ grid: { ...full, takenCount: 47 } })).toBeUndefined()
  expect(of({}, 5 * 60_000)).toBe('No run has been heard of for 5 min')
  expect(of({}, 5 * 60_000 - 1)).toBeUndefined()
  for (const quiet of [{ liveCount: 1 }, { state: 'paused' }, { lastHeardAtMs: null }] as const) {
    expect(of(quiet, 1e9)).toBeUndefined()
  }
  // Where there are agents, what counts is whether they are there; nothing is said before it is known.
  expect(of({}, 1e9, null)).toBeUndefined()
  const silent = { state: 'pending', lastHeardAtMs: null } as const
  expect(of(silent, 9.5 * 60_000, [0, 4 * 60_000])).toBe('No agent has been seen for 5 min')
  expect(of(silent, 3 * 3_600_000, [0])).toBe('No agent has been seen for 3h')
  expect(of({}, 9 * 60_000, [4.5 * 60_000])).toBeUndefined()
  expect(of({ state: 'paused' }, 1e9, [0])).toBeUndefined()
})

test('an agent is told the server, a key and the sweep', () => {
  const where = {
    language: 'python',
    serverUrl: 'http://box:5757',
    entity: 'ana',
    project: 'my project',
    sweep: 'abc12345',
  } as const
  expect(agentCommand({ ...where, apiKey: undefined }).split('\n')).toEqual([
    'export WANDB_BASE_URL=http://box:5757',
    expect.stringMatching(/^export WANDB_API_KEY=.{40}$/),
    "wandb agent 'ana/my project/abc12345'",
  ])
  expect(agentCommand({ ...where, apiKey: 'k' })).toContain('WANDB_API_KEY=k\n')
  expect(agentCommand({ ...where, language: 'javascript', apiKey: undefined }).split('\n')).toEqual([
    'export LOSSLINE_BASE_URL=http://box:5757',
    "npx lossline agent 'ana/my project/abc12345'",
  ])
})

test('agents that are there come first, in an order that stays', () => {
  const minute = 60_000
  const agents = [
    { name: 'gone', createdAtMs: 3, heartbeatAtMs: 0 },
    { name: 'old', createdAtMs: 1, heartbeatAtMs: 4 * minute },
    { name: 'new', createdAtMs: 2, heartbeatAtMs: 3 * minute },
  ]
  expect(presentFirst(agents, 5 * minute).map(({ name }) => name)).toEqual(['new', 'old', 'gone'])
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
