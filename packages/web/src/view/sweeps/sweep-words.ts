import type { SweepStateName, SweepSummary } from '@lossline/protocol'
import { formatCount, formatNumber } from '../format.ts'

/** What a sweep does, for people. */
export interface SweepStateWords {
  readonly text: string
  readonly tone: 'live' | 'good' | 'waiting' | 'quiet'
}

const words: Readonly<Record<SweepStateName, SweepStateWords>> = {
  pending: { text: 'No run yet', tone: 'waiting' },
  running: { text: 'Running', tone: 'live' },
  paused: { text: 'Paused', tone: 'waiting' },
  finished: { text: 'Finished', tone: 'good' },
  canceled: { text: 'Canceled', tone: 'quiet' },
}

export function sweepStateWords(state: SweepStateName): SweepStateWords {
  return words[state]
}

/** `18 of 48 runs`, with what of them goes on or has failed. */
export function progressText({ runCount, expectedRunCount, liveCount, failedCount }: SweepSummary): string {
  const endedCount = runCount - liveCount
  const counted =
    expectedRunCount === null
      ? formatCount(endedCount, 'run')
      : `${endedCount} of ${formatCount(expectedRunCount, 'run')}`
  const parts = [
    ...(liveCount > 0 ? [`${formatNumber(liveCount)} going on`] : []),
    ...(failedCount > 0 ? [`${formatNumber(failedCount)} failed`] : []),
  ]
  return [counted, ...parts].join(', ')
}

/** What a control of a sweep does, said where it stands. */
export interface SweepControl {
  readonly state: 'running' | 'paused' | 'finished' | 'canceled'
  readonly label: string
  readonly help: string
  /** What is said when it is done. */
  readonly done: string
}

const pause: SweepControl = {
  state: 'paused',
  label: 'Pause',
  help: 'No new runs; current ones continue',
  done: 'Sweep paused. Current runs continue.',
}
const resume: SweepControl = { state: 'running', label: 'Resume', help: 'New runs again', done: 'Sweep resumed.' }
const stop: SweepControl = {
  state: 'finished',
  label: 'Stop',
  help: 'Let current runs finish, start no more',
  done: 'Sweep stopped. Current runs finish.',
}
const cancel: SweepControl = {
  state: 'canceled',
  label: 'Cancel',
  help: 'End current runs now',
  done: 'Sweep canceled. Its runs were asked to stop.',
}

/** What can be done with a sweep in a state. */
export function sweepControls(state: SweepStateName): readonly SweepControl[] {
  if (state === 'finished' || state === 'canceled') return [resume]
  return state === 'paused' ? [resume, stop, cancel] : [pause, stop, cancel]
}
