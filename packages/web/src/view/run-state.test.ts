import type { RunDetail } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { stateSentence, stateStory } from './run-state.ts'

const nowMs = 1_700_000_600_000
function crashed(stateCause: string): string {
  // Only what the sentence of a crashed run is made of.
  return stateSentence({ state: 'crashed', stateCause, heartbeatAtMs: nowMs - 360_000 } as RunDetail, nowMs)
}

test('a crashed run’s last sign of life is said once', () => {
  expect(crashed('no heartbeat since 2023-11-14T22:17:20.000Z')).toBe(crashed(''))
  expect(crashed('')).toMatch(/^No heartbeat since \d\d:\d\d \(6 min ago\)\. The process may have died/)
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
