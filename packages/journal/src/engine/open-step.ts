import { toLeafItems } from './history-items.ts'
import { createPendingRow, mergeItems, type PendingRow } from './pending-row.ts'
import type { RowCommits } from './row-commits.ts'
import type { ShapePlans } from './shape-plans.ts'

/** The step to which rows may still be added. It is committed when a row of another step comes. */
export interface OpenStep {
  /** A row of numbers, its values at `values[offset]` and after. */
  logNumbers(
    shapeId: number,
    step: number,
    isCommitted: boolean,
    timeMs: number,
    values: Float64Array,
    offset: number,
  ): void
  /** The row of a step, to be merged into. */
  rowAt(step: number, timeMs: number): PendingRow
  /** Ends the step. */
  commit(): void
}

// A row of numbers that waits for more is kept as numbers: with an explicit step every row waits, but few are merged.
interface WaitingNumbers {
  readonly shapeId: number
  readonly step: number
  readonly timeMs: number
}

/** Begins with no step open. */
export function createOpenStep(plans: ShapePlans, { commitNumbers, commitLeaves }: RowCommits): OpenStep {
  let waiting: WaitingNumbers | undefined
  let waitingValues = new Float64Array(64)
  let pending: PendingRow | undefined

  function commit(): void {
    if (waiting !== undefined) {
      const { shapeId, step, timeMs } = waiting
      waiting = undefined
      commitNumbers(shapeId, step, timeMs, waitingValues, 0)
    }
    if (pending !== undefined) {
      const row = pending
      pending = undefined
      commitLeaves(row)
    }
  }

  function rowAt(step: number, timeMs: number): PendingRow {
    if ((waiting ?? pending)?.step !== step) commit()
    const row = pending ?? createPendingRow(step, timeMs)
    if (waiting !== undefined) {
      const { paths } = plans.at(waiting.shapeId)
      waiting = undefined
      mergeItems(row, toLeafItems(paths, waitingValues, 0))
    }
    row.timeMs = timeMs
    pending = row
    return row
  }

  function keepWaiting(shapeId: number, step: number, timeMs: number, values: Float64Array, offset: number): void {
    const count = plans.at(shapeId).paths.length
    if (waitingValues.length < count) waitingValues = new Float64Array(count)
    for (let index = 0; index < count; index += 1) waitingValues[index] = values[offset + index] as number
    waiting = { shapeId, step, timeMs }
  }

  return {
    logNumbers(shapeId, step, isCommitted, timeMs, values, offset) {
      const openStep = waiting?.step ?? pending?.step
      if (openStep === step) {
        mergeItems(rowAt(step, timeMs), toLeafItems(plans.at(shapeId).paths, values, offset))
        if (isCommitted) commit()
        return
      }
      if (openStep !== undefined) commit()
      if (isCommitted) commitNumbers(shapeId, step, timeMs, values, offset)
      else keepWaiting(shapeId, step, timeMs, values, offset)
    },
    rowAt,
    commit,
  }
}
