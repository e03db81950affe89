import { AgentError } from '../agent-error.ts'
import type { TrialEnd } from './trial.ts'

/** How many trials of one agent ended how. */
export interface AgentSummary {
  readonly finished: number
  readonly failed: number
  readonly stopped: number
}

/** How they ended, in words. */
export function describeSummary(summary: AgentSummary): string {
  const parts = (['finished', 'failed', 'stopped'] as const).flatMap((outcome) =>
    summary[outcome] === 0 ? [] : [`${summary[outcome]} ${outcome}`],
  )
  return parts.length === 0 ? 'there was no run for it' : parts.join(', ')
}

/** What the workers of one agent count together. */
export interface Tally {
  readonly summary: AgentSummary
  /** Reserves the right to start a trial; false when there are enough of them, or too many have failed in a row. */
  reserve(): boolean
  /** Gives back a right that was not used. */
  release(): void
  add(end: TrialEnd): void
  /** @throws {@link AgentError} `too-many-failures` if the last ones all failed. */
  check(): void
}

/**
 * @param options.countMax - Trials to start at most. Default: no limit.
 * @param options.failuresMax - After so many failures one after the other no trial is started any more.
 */
export function createTally(options: { readonly countMax: number | undefined; readonly failuresMax: number }): Tally {
  const { countMax = Number.POSITIVE_INFINITY, failuresMax } = options
  const counts = { finished: 0, failed: 0, stopped: 0 }
  let reservedCount = 0
  let failuresInRow = 0
  return {
    get summary() {
      return { ...counts }
    },
    reserve() {
      if (reservedCount >= countMax || failuresInRow >= failuresMax) return false
      reservedCount++
      return true
    },
    release() {
      reservedCount--
    },
    add({ outcome }) {
      counts[outcome]++
      failuresInRow = outcome === 'failed' ? failuresInRow + 1 : 0
    },
    check() {
      if (failuresInRow < failuresMax) return
      throw new AgentError({
        code: 'too-many-failures',
        message: `${failuresInRow} trials in a row have failed, so that the agent starts no more.`,
        hint: 'Mend the program, or let more of them fail with a higher limit.',
      })
    },
  }
}
