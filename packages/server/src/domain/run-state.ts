import type { RunState } from '@lossline/store'
import { assertNever, ServerError } from '../errors.ts'

/** Something that may change a run's state. */
export type RunSignal =
  /** The logging client announced the run: new, resumed or changed. */
  | { readonly kind: 'announce'; readonly requestedState: 'pending' | 'running' }
  /** The client sent data or a sign of life. */
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'preempting' }
  | { readonly kind: 'exit'; readonly exitCode: number }
  /** Nothing will come any more, as far as can be known. */
  | { readonly kind: 'lost'; readonly cause: string }
  /** Nobody will start it any more, if it has not begun. */
  | { readonly kind: 'give-up'; readonly cause: string }
  /** Somebody is about to start it anew, if it was preempted. */
  | { readonly kind: 'requeue'; readonly cause: string }
  /** A user asks for a state by name. */
  | { readonly kind: 'set'; readonly state: string }

export interface StateChange {
  readonly state: RunState
  readonly stateCause: string
}

/** Somebody ended the program: W&B's client's code for Ctrl-C, and those of shells for SIGINT and SIGTERM (128 + the signal). */
const interruptedExitCodes: readonly number[] = [255, 130, 143]

/**
 * The state after a signal, or `undefined` where nothing changes.
 *
 * @throws {@link ServerError} `invalid-state-transition` for a `set` that is not allowed.
 */
export function nextState(
  run: { readonly state: RunState; readonly isStopRequested: boolean },
  signal: RunSignal,
): StateChange | undefined {
  const { state } = run
  switch (signal.kind) {
    case 'announce':
      return change(state, signal.requestedState, '')
    case 'heartbeat':
      return hasEnded(state) ? undefined : change(state, 'running', '')
    case 'preempting':
      return state === 'running' ? { state: 'preempting', stateCause: 'preemption announced' } : undefined
    case 'exit':
      return hasEnded(state) ? undefined : afterExit(run, signal.exitCode)
    case 'lost':
      if (state === 'preempting') return { state: 'preempted', stateCause: signal.cause }
      return state === 'running' ? { state: 'crashed', stateCause: signal.cause } : undefined
    case 'give-up':
      return state === 'pending' ? { state: 'failed', stateCause: signal.cause } : undefined
    case 'requeue':
      return state === 'preempted' ? { state: 'pending', stateCause: signal.cause } : undefined
    case 'set':
      return setByName(state, signal.state)
    default:
      return assertNever(signal)
  }
}

/** True for states in which the client itself said that the run is over. A crashed or preempted run may come back. */
export function hasEnded(state: RunState): boolean {
  return state === 'finished' || state === 'failed' || state === 'killed'
}

/** States in which data may be on its way. */
export const liveStates: readonly RunState[] = ['pending', 'running', 'preempting']

/** True while data may be on its way. */
export function isLive(state: RunState): boolean {
  return liveStates.includes(state)
}

function change(from: RunState, to: RunState, stateCause: string): StateChange | undefined {
  return from === to ? undefined : { state: to, stateCause }
}

function afterExit(
  run: { readonly state: RunState; readonly isStopRequested: boolean },
  exitCode: number,
): StateChange {
  if (exitCode === 0) return { state: 'finished', stateCause: '' }
  const stateCause = `exit code ${exitCode}`
  if (run.state === 'preempting') return { state: 'preempted', stateCause }
  if (run.isStopRequested) return { state: 'killed', stateCause: `stop requested, ${stateCause}` }
  return { state: interruptedExitCodes.includes(exitCode) ? 'killed' : 'failed', stateCause }
}

function setByName(from: RunState, to: string): StateChange | undefined {
  const allowed: Readonly<Record<string, readonly RunState[]>> = {
    failed: ['pending', 'running'],
    pending: ['running', 'failed', 'crashed', 'preempted'],
  }
  // Whoever sends a run folder knows that the process that wrote it is gone.
  if (to === 'crashed' && isLive(from) && from !== 'pending')
    return nextState({ state: from, isStopRequested: false }, { kind: 'lost', cause: 'process gone' })
  if ((to === 'failed' || to === 'pending') && allowed[to]?.includes(from)) {
    return { state: to, stateCause: 'set by a user' }
  }
  throw new ServerError({
    code: 'invalid-state-transition',
    message: `invalid state transition: from "${from}" to "${to}"`,
    hint: 'pending and running runs can be set to failed, running ones to crashed; running, failed, crashed and preempted ones to pending.',
  })
}
