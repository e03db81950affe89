import { NoActiveRunError } from '../errors.ts'
import type { Run } from './run.ts'

// Runs of every config type stand here side by side.
type AnyRun = Run<object>

let active: AnyRun | undefined
let isStarting = false

/** The run that module functions such as `log` use: the one that `init` started last and that has not finished. */
export function activeRun(): Run | undefined {
  return active as Run | undefined
}

/** The active run, on behalf of a module function. */
export function activeRunOrThrow(call: string): Run {
  if (active === undefined) throw new NoActiveRunError(call)
  return active as Run
}

/** Whether `init` has been called and has not returned yet. */
export function isRunStarting(): boolean {
  return isStarting
}

export function beginStart(): void {
  isStarting = true
}

export function endStart(): void {
  isStarting = false
}

export function setActiveRun(run: AnyRun): void {
  active = run
}

/** Makes a run inactive, if it is the active one. */
export function forgetRun(run: AnyRun): void {
  if (active === run) active = undefined
}
