import { expect, test } from 'vitest'
import { hasEnded, nextState, type RunSignal } from './run-state.ts'

const states = ['pending', 'running', 'finished', 'failed', 'crashed', 'killed', 'preempting', 'preempted'] as const

function after(state: (typeof states)[number], signal: RunSignal, isStopRequested = false): string {
  return nextState({ state, isStopRequested }, signal)?.state ?? 'unchanged'
}

test.each([
  ['running', 0, false, 'finished'],
  ['running', 1, false, 'failed'],
  ['running', 255, false, 'killed'],
  ['running', 130, false, 'killed'],
  ['running', 143, false, 'killed'],
  ['running', 1, true, 'killed'],
  ['running', 0, true, 'finished'],
  ['preempting', 0, false, 'finished'],
  ['preempting', 1, false, 'preempted'],
  ['crashed', 0, false, 'finished'],
  ['finished', 1, false, 'unchanged'],
  ['failed', 0, false, 'unchanged'],
] as const)('%s, exit code %i, stop requested %s → %s', (state, exitCode, isStopRequested, expected) => {
  expect(after(state, { kind: 'exit', exitCode }, isStopRequested)).toBe(expected)
})

test('a heartbeat heals a false crash and never revives a run that said it ended', () => {
  for (const state of states) {
    const expected = hasEnded(state) || state === 'running' ? 'unchanged' : 'running'
    expect([state, after(state, { kind: 'heartbeat' })]).toEqual([state, expected])
  }
})

test('an announcement starts every run again', () => {
  for (const state of states) {
    const expected = state === 'running' ? 'unchanged' : 'running'
    expect([state, after(state, { kind: 'announce', requestedState: 'running' })]).toEqual([state, expected])
  }
})

test('only a run that has not begun is given up', () => {
  for (const state of states) {
    const expected = state === 'pending' ? 'failed' : 'unchanged'
    expect([state, after(state, { kind: 'give-up', cause: 'nobody wants it' })]).toEqual([state, expected])
  }
})

test('only a run that was preempted is queued again', () => {
  for (const state of states) {
    const expected = state === 'preempted' ? 'pending' : 'unchanged'
    expect([state, after(state, { kind: 'requeue', cause: 'an agent takes it' })]).toEqual([state, expected])
  }
})

test('a lost process crashes what was running, with the cause', () => {
  const lost: RunSignal = { kind: 'lost', cause: 'process gone' }
  expect(nextState({ state: 'running', isStopRequested: false }, lost)).toEqual({
    state: 'crashed',
    stateCause: 'process gone',
  })
  expect(after('preempting', lost)).toBe('preempted')
  for (const state of ['pending', 'finished', 'failed', 'killed', 'crashed'] as const) {
    expect(after(state, lost)).toBe('unchanged')
  }
})

test('only the listed transitions can be asked for', () => {
  expect(after('running', { kind: 'set', state: 'failed' })).toBe('failed')
  expect(after('crashed', { kind: 'set', state: 'pending' })).toBe('pending')
  expect(after('running', { kind: 'set', state: 'crashed' })).toBe('crashed')
  for (const [state, wanted] of [
    ['finished', 'running'],
    ['finished', 'failed'],
    ['finished', 'crashed'],
    ['running', 'finished'],
    ['running', '__proto__'],
  ] as const) {
    expect(() => after(state, { kind: 'set', state: wanted })).toThrow('invalid state transition')
  }
})
