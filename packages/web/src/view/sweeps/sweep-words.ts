import type { SweepAgentInfo, SweepDetail, SweepStateName, SweepSummary } from '@lossline/protocol'
import { anyKey } from '../first-run/snippets.ts'
import { formatCount, formatDuration, formatNumber } from '../text/format.ts'
import { shellWord } from '../text/shell-word.ts'
import type { JoinLanguage } from './join-language.ts'

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
const silenceMsMax = 5 * 60_000

/**
 * What is worth knowing of a sweep beside its state; undefined: nothing.
 *
 * @param agents - Undefined: not known yet.
 */
export function sweepNotice(
  sweep: Pick<SweepDetail, 'state' | 'runCount' | 'liveCount' | 'lastHeardAtMs' | 'grid'>,
  agents: readonly Pick<SweepAgentInfo, 'heartbeatAtMs'>[] | undefined,
  nowMs: number,
): string | undefined {
  const { state, grid, lastHeardAtMs } = sweep
  if (grid !== null && grid.takenCount >= grid.pointCount && sweep.liveCount === 0) {
    return `Grid complete, ${formatNumber(grid.takenCount)} of ${formatNumber(grid.pointCount)}`
  }
  if (agents === undefined || (state !== 'running' && state !== 'pending') || sweep.liveCount > 0) return undefined
  if (agents.length > 0) {
    const seenAtMs = Math.max(...agents.map(({ heartbeatAtMs }) => heartbeatAtMs))
    return isSilent(seenAtMs, nowMs) ? `No agent has been seen for ${silenceText(nowMs - seenAtMs)}` : undefined
  }
  if (lastHeardAtMs === null || !isSilent(lastHeardAtMs, nowMs)) return undefined
  return `No run has been heard of for ${silenceText(nowMs - lastHeardAtMs)}`
}

/** Whether the last sign of life was so long ago that none more is expected. */
export function isSilent(heardAtMs: number, nowMs: number): boolean {
  return nowMs - heardAtMs >= silenceMsMax
}

function silenceText(silentMs: number): string {
  return silentMs < 3_600_000 ? `${Math.floor(silentMs / 60_000)} min` : formatDuration(silentMs / 1000)
}

/** Agents that are heard of before the others, the newest first: an order that signs of life do not change. */
export function presentFirst<T extends Pick<SweepAgentInfo, 'createdAtMs' | 'heartbeatAtMs'>>(
  agents: readonly T[],
  nowMs: number,
): readonly T[] {
  const rank = ({ heartbeatAtMs }: T): number => Number(isSilent(heartbeatAtMs, nowMs))
  return agents.toSorted((a, b) => rank(a) - rank(b) || b.createdAtMs - a.createdAtMs)
}

/** The command that lets an agent work for a sweep, W&B's own or Lossline's, line by line. */
export function agentCommand(options: {
  readonly language: JoinLanguage
  readonly serverUrl: string
  /** Undefined: the server asks for none. */
  readonly apiKey: string | undefined
  readonly entity: string
  readonly project: string
  readonly sweep: string
}): string {
  const { language, serverUrl, apiKey, entity, project, sweep } = options
  const path = shellWord(`${entity}/${project}/${sweep}`)
  if (language === 'javascript') {
    const key = apiKey === undefined ? [] : [`export LOSSLINE_API_KEY=${apiKey}`]
    return [`export LOSSLINE_BASE_URL=${serverUrl}`, ...key, `npx lossline agent ${path}`].join('\n')
  }
  const where = [`export WANDB_BASE_URL=${serverUrl}`, `export WANDB_API_KEY=${apiKey ?? anyKey}`]
  return [...where, `wandb agent ${path}`].join('\n')
}
