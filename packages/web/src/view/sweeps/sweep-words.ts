import type { SweepDetail, SweepStateName, SweepSummary } from '@lossline/protocol'
import { formatCount, formatDuration, formatNumber } from '../text/format.ts'

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
  help: 'no new runs, current ones continue',
  done: 'Sweep paused. Current runs continue.',
}
const resume: SweepControl = { state: 'running', label: 'Resume', help: 'new runs again', done: 'Sweep resumed.' }
const stop: SweepControl = {
  state: 'finished',
  label: 'Stop',
  help: 'let current runs finish, start no more',
  done: 'Sweep stopped. Current runs finish.',
}
const cancel: SweepControl = {
  state: 'canceled',
  label: 'Cancel',
  help: 'kill current runs now',
  done: 'Sweep canceled. Its runs were asked to stop.',
}

/** What can be done with a sweep in a state. One that nobody has begun cannot be paused: W&B's programs refuse it too. */
export function sweepControls(state: SweepStateName): readonly SweepControl[] {
  switch (state) {
    case 'finished':
    case 'canceled':
      return [resume]
    case 'paused':
      return [resume, stop, cancel]
    case 'pending':
      return [stop, cancel]
    case 'running':
      return [pause, stop, cancel]
  }
}

/** After so long without a sign of life a sweep that should go on is said to stand still. */
export const silenceMsMax = 5 * 60_000

/** What is worth knowing of a sweep beside its state; undefined: nothing. */
export function sweepNotice(
  sweep: Pick<SweepDetail, 'state' | 'runCount' | 'liveCount' | 'lastHeardAtMs' | 'grid'>,
  nowMs: number,
): string | undefined {
  const { state, grid, lastHeardAtMs } = sweep
  if (grid !== null && grid.takenCount >= grid.pointCount && sweep.liveCount === 0) {
    return `Grid complete, ${formatNumber(grid.takenCount)} of ${formatNumber(grid.pointCount)}`
  }
  if (state !== 'running' || sweep.liveCount > 0 || lastHeardAtMs === null) return undefined
  const silentMs = nowMs - lastHeardAtMs
  return silentMs < silenceMsMax ? undefined : `No run has been heard of for ${formatDuration(silentMs / 1000)}`
}
