import { upperBound } from '@lossline/protocol'
import { type Column, type HistoryRow, joinSteps, type Store } from '@lossline/store'
import type { Pause } from './pauses.ts'

/** Steps from…to, both inclusive. */
export interface StepSpan {
  readonly fromStep: number
  readonly toStep: number
}

/** A key whose values are read. */
export interface WalkedKey {
  /** Key path text. */
  readonly key: string
  /** True: the store has nothing but numbers of it, as columns. */
  readonly isPlain: boolean
  /** Values that arrived; about how many there are. */
  readonly pointCount: number
}

/** Consecutive rows of a run as columns, one a column asked for, in their order. */
export interface HistoryGroup {
  /** Ascending, at least one. */
  readonly steps: Float64Array
  readonly cells: readonly GroupCells[]
}

/** Values of one key at some of the group's steps, ascending: numbers, or JSON texts. */
export type GroupCells =
  | { readonly kind: 'numbers'; readonly steps: Float64Array; readonly values: Float64Array }
  | { readonly kind: 'texts'; readonly rows: readonly HistoryRow[]; readonly key: string }

/**
 * Reads a span of a run's rows in groups of at most `rowCountMax`, ascending. What is in memory at a time is about a group,
 * however long the span is and however far apart its steps are.
 */
export async function* readGroups(
  store: Store,
  run: number,
  columns: readonly WalkedKey[],
  options: { readonly span: StepSpan; readonly rowCountMax: number; readonly pause: Pause },
): AsyncGenerator<HistoryGroup> {
  const { span, rowCountMax, pause } = options
  // Keys with many points first: they show soon where the group ends, and less of the others is read in vain.
  const plain = columns.filter(({ isPlain }) => isPlain).sort((a, b) => b.pointCount - a.pointCount)
  const others = columns.filter(({ isPlain }) => !isPlain).map(({ key }) => key)
  let fromStep = span.fromStep
  while (fromStep <= span.toStep) {
    let { toStep } = span
    const numbers = new Map<string, Column>()
    for (const { key } of plain) {
      const column = await store.column({ run, key, fromStep, toStep, limit: rowCountMax })
      if (column.steps.length === rowCountMax) toStep = column.steps[rowCountMax - 1]!
      numbers.set(key, column)
      await pause()
    }
    const rows =
      others.length === 0 ? [] : await store.rows({ run, keys: others, fromStep, toStep, limit: rowCountMax })
    if (rows.length === rowCountMax) toStep = rows.at(-1)!.step
    await pause()

    const all = joinSteps([...[...numbers.values()].map((column) => column.steps), stepsOf(rows)])
    const steps = all.subarray(0, Math.min(upperBound(all, toStep), rowCountMax))
    if (steps.length > 0) {
      const cells = columns.map(({ key, isPlain }): GroupCells => {
        if (!isPlain) return { kind: 'texts', rows, key }
        return { kind: 'numbers', ...(numbers.get(key) ?? { steps: new Float64Array(0), values: new Float64Array(0) }) }
      })
      yield { steps, cells }
    }
    fromStep = (steps.length === rowCountMax ? steps[rowCountMax - 1]! : toStep) + 1
  }
}

function stepsOf(rows: readonly HistoryRow[]): Float64Array {
  return Float64Array.from(rows, ({ step }) => step)
}

/** Whether cells have a value at every one of a group's steps: then the n-th of them belongs to the n-th step. */
export function hasAllSteps(cells: GroupCells, steps: Float64Array): boolean {
  if (cells.kind === 'numbers') return steps.every((step, place) => cells.steps[place] === step)
  const { rows, key } = cells
  return steps.every((step, place) => rows[place]?.step === step && rows[place].values.has(key))
}
