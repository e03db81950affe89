/** Steps back and forth through states. States are not copied: they share what they have in common. */
export interface EditHistory<State> {
  readonly past: readonly Step<State>[]
  readonly future: readonly Step<State>[]
}

interface Step<State> {
  /** What was done, such as "Remove panel". */
  readonly label: string
  readonly state: State
  readonly atMs: number
  /** Nothing that follows is part of it. */
  readonly isAlone?: boolean
}

/** So many steps can be undone. */
export const stepCountMax = 100
/** What follows under the same label within this time is one step: a slider that is dragged. */
const joinedMs = 1000

export function createHistory<State>(): EditHistory<State> {
  return { past: [], future: [] }
}

/**
 * Notes that something is about to be done; what was undone before cannot be redone any more.
 *
 * @param step.isAlone - It is no part of the step before, and none of what follows is part of it. Default false.
 */
export function recordStep<State>(
  { past }: EditHistory<State>,
  step: { readonly label: string; readonly before: State; readonly atMs: number; readonly isAlone?: boolean },
): EditHistory<State> {
  const { label, before, atMs, isAlone = false } = step
  const last = past.at(-1)
  const isFree = !isAlone && last?.isAlone !== true
  if (isFree && last?.label === label && atMs - last.atMs < joinedMs) {
    return { past: past.with(-1, { ...last, atMs }), future: [] }
  }
  return { past: [...past, { label, state: before, atMs, isAlone }].slice(-stepCountMax), future: [] }
}

/** The state before the last step, and the history from there; undefined where there is none. */
export function undoStep<State>(
  { past, future }: EditHistory<State>,
  current: State,
): { readonly state: State; readonly history: EditHistory<State>; readonly label: string } | undefined {
  const step = past.at(-1)
  if (step === undefined) return undefined
  const undone = { ...step, state: current, atMs: 0 }
  return { state: step.state, label: step.label, history: { past: past.slice(0, -1), future: [...future, undone] } }
}

/** The state after the step that was undone last. */
export function redoStep<State>(
  { past, future }: EditHistory<State>,
  current: State,
): { readonly state: State; readonly history: EditHistory<State>; readonly label: string } | undefined {
  const step = future.at(-1)
  if (step === undefined) return undefined
  const done = { ...step, state: current }
  return { state: step.state, label: step.label, history: { past: [...past, done], future: future.slice(0, -1) } }
}
