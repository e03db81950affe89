import type { RunDetail, RunSummary } from '@lossline/protocol'
import { formatAgo, formatClock, formatDateTime, formatDuration } from '../text/format.ts'

/** How a state is shown: a word, and the tone of its dot. */
export interface StateLabel {
  readonly text: string
  readonly tone: 'live' | 'good' | 'bad' | 'waiting' | 'quiet'
}

/** Of W&B's client, and of a program that SIGINT ended. */
const interruptedExitCodes: readonly number[] = [255, 130]
/** Of a program that SIGTERM ended. */
const terminatedExitCode = 143

const labels: Readonly<Record<RunSummary['state'], StateLabel>> = {
  pending: { text: 'Pending', tone: 'waiting' },
  running: { text: 'Running', tone: 'live' },
  finished: { text: 'Finished', tone: 'good' },
  failed: { text: 'Failed', tone: 'bad' },
  crashed: { text: 'Crashed', tone: 'bad' },
  killed: { text: 'Killed', tone: 'quiet' },
  preempting: { text: 'Preempting', tone: 'waiting' },
  preempted: { text: 'Preempted', tone: 'waiting' },
}

/** The word and tone for a run's state. */
export function stateLabel(state: RunSummary['state']): StateLabel {
  return labels[state]
}

/** Whether more data may come without anybody resuming the run. */
export function isActive(state: RunSummary['state']): boolean {
  return state === 'running' || state === 'pending' || state === 'preempting'
}

/** A program begins to count a little before the server has heard of its run: within so many seconds that is the same beginning. */
const startSecondsMax = 60

/**
 * For how long a run has been going on, in seconds. While it does, from when the server has heard of it, as what says when it began
 * does; a program that had been running for long by then, such as one that is sent later, says it itself.
 */
export function secondsSoFar(run: Pick<RunSummary, 'state' | 'runtimeSeconds' | 'createdAtMs'>, nowMs: number): number {
  const { runtimeSeconds } = run
  if (!isActive(run.state)) return runtimeSeconds
  const seconds = (nowMs - run.createdAtMs) / 1000
  return runtimeSeconds > seconds + startSecondsMax ? runtimeSeconds : Math.max(0, seconds)
}

/** One sentence on why the run is in its state. */
export function stateSentence(run: RunDetail, nowMs: number): string {
  // The exit code is said already.
  const isSaid = run.stateCause === '' || /^exit code \d+\.?$/i.test(run.stateCause)
  const cause = isSaid ? '' : ` ${sentence(run.stateCause)}`
  switch (run.state) {
    case 'pending':
      return `Queued, waiting for an agent.${cause}`
    case 'running':
      return `Running. Last data ${formatAgo(run.heartbeatAtMs, nowMs)}.`
    case 'crashed': {
      const lastMs = run.finishedAtMs ?? run.heartbeatAtMs
      const lost = `No heartbeat since ${formatClock(lastMs)} (${formatAgo(lastMs, nowMs)}).`
      // The server's own words for it carry the same time, in UTC.
      const isToldSo = cause === '' || /^ No heartbeat since/.test(cause)
      return `${lost}${isToldSo ? ' The process may have died or lost the network.' : cause}`
    }
    case 'failed':
      return `Failed${run.exitCode === null ? '' : ` with exit code ${run.exitCode}`}.${cause}`
    case 'killed':
      return killedSentence(run) ?? `Stopped before it was done.${cause}`
    case 'finished':
      return `Finished after ${formatDuration(run.runtimeSeconds)}.${cause}`
    case 'preempting':
    case 'preempted':
      return `Interrupted by its host; it goes on when it gets a machine again.${cause}`
  }
}

/** Who ended a run, as far as the server knows; undefined: only its cause says. */
function killedSentence({ stateCause, exitCode }: RunDetail): string | undefined {
  const code = exitCode === null ? '' : ` Its program ended with exit code ${exitCode}.`
  if (stateCause.startsWith('stop requested')) return `Somebody asked it to stop, on the page or by a command.${code}`
  if (exitCode === terminatedExitCode) return 'Ended where it ran, by the signal SIGTERM.'
  return exitCode !== null && interruptedExitCodes.includes(exitCode)
    ? 'Interrupted where it ran, as with Ctrl-C.'
    : undefined
}

/** How a run came to its state, unless it only began and ended. */
export function stateStory({ stateChanges }: RunDetail): string {
  if (stateChanges.length <= 2) return ''
  const parts = stateChanges.map(({ atMs, state, cause }) => {
    const why = cause === '' ? '' : ` (${cause})`
    return `${labels[state].text} ${formatDateTime(atMs)}${why}`
  })
  return parts.join(' → ')
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}
