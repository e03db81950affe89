import { RunFinishedError, RunStoppedError } from '../errors.ts'

/**
 * - `running`: all calls work.
 * - `finishing`: the program has called `finish`, and what is still on its way is waited for.
 * - `ending`: a signal or the process's exit ends the run; calls that the program still makes are ignored.
 * - `finished`: over.
 */
export type RunPhase = 'running' | 'finishing' | 'ending' | 'finished'

/** How far a run has come. */
export interface RunState {
  readonly phase: RunPhase
  /** Whether records are still taken. */
  readonly isOpen: boolean
  enter(phase: RunPhase): void
  /** From here on calls throw, so that the program comes to its end; the run can still be finished. */
  interrupt(): void
  /**
   * Whether a call does anything. A call after the end is wrong use, unless a signal ends the run under the program.
   *
   * @throws {@link RunFinishedError}, {@link RunStoppedError}
   */
  accepts(call: string): boolean
}

export function createRunState(runId: string): RunState {
  let phase: RunPhase = 'running'
  let isInterrupted = false
  return {
    get phase() {
      return phase
    },
    get isOpen() {
      return phase === 'running' || phase === 'finishing'
    },
    enter(next) {
      phase = next
    },
    interrupt() {
      isInterrupted = true
    },
    accepts(call) {
      if (phase === 'running' && isInterrupted) throw new RunStoppedError(runId, call)
      if (phase === 'running') return true
      if (phase === 'ending') return false
      throw new RunFinishedError(runId, call)
    },
  }
}
