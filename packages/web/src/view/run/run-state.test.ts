import type { RunDetail } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { secondsSoFar, stateSentence, stateStory } from './run-state.ts'

const nowMs = 1_700_000_600_000
function crashed(stateCause: string): string {
  // Only what the sentence of a crashed run is made of.
  return stateSentence({ state: 'crashed', stateCause, heartbeatAtMs: nowMs - 360_000 } as RunDetail, nowMs)
}

test('a crashed run’s last sign of life is said once', () => {
  expect(crashed('no heartbeat since 2023-11-14T22:17:20.000Z')).toBe(crashed(''))
  expect(crashed('')).toMatch(/^No heartbeat since \d\d:\d\d \(6 min ago\)\. The process may have died/)
})

test('a run that goes on has lasted since it began, whatever its program counts from a little before', () => {
  const lasted = (state: 'running' | 'finished', runtimeSeconds: number): number =>
    secondsSoFar({ state, runtimeSeconds, createdAtMs: nowMs - 23_000 }, nowMs)
  expect(lasted('running', 26)).toBe(23)
  expect(lasted('running', 3)).toBe(23)
  expect(lasted('finished', 26)).toBe(26)
  expect(lasted('running', 5000)).toBe(5000)
})

test('another cause is told', () => {
  expect(crashed('out of memory')).toMatch(/\(6 min ago\)\. Out of memory\.$/)
})

test('how a run came to its state is told when there is more to it than beginning and end', () => {
  const story = (stateChanges: RunDetail['stateChanges']): string => stateStory({ stateChanges } as RunDetail)
  const began = { atMs: nowMs - 60_000, state: 'running', cause: '' } as const
  const crash = { atMs: nowMs, state: 'crashed', cause: 'process gone' } as const
  expect(story([began, crash])).toBe('')
  expect(story([began, crash, { ...began, atMs: nowMs }])).toMatch(
    /^Running \d{4}-[-\d :]+ → Crashed [-\d :]+ \(process gone\) → Running [-\d :]+$/,
  )
})

test('a killed run says who ended it, as far as that is known', () => {
  const killed = (stateCause: string, exitCode: number | null): string =>
    stateSentence({ state: 'killed', stateCause, exitCode } as RunDetail, nowMs)
  expect(killed('stop requested, exit code 1', 1)).toBe(
    'Somebody asked it to stop, on the page or by a command. Its program ended with exit code 1.',
  )
  expect(killed('exit code 255', 255)).toBe('Interrupted where it ran, as with Ctrl-C.')
  expect(killed('exit code 130', 130)).toBe('Interrupted where it ran, as with Ctrl-C.')
  expect(killed('exit code 143', 143)).toBe('Ended where it ran, by the signal SIGTERM.')
  expect(killed('out of time', null)).toBe('Stopped before it was done. Out of time.')
})
