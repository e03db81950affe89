import type { Grouping, RunSummary } from '@lossline/protocol'
import { type NumberSpread, spreadOf } from './number-spread.ts'
import { oldestRun, type RunGroupOfLine } from './run-groups.ts'

/** One bar: of a run, or of a group of runs. */
export interface Bar {
  readonly id: string
  readonly label: string
  /** Number of the run that gives it its colour. */
  readonly number: number
  /** Undefined: the bar is of several runs. */
  readonly runId: string | undefined
  /** Of its runs; one for a single run. */
  readonly numbers: readonly number[]
  readonly spread: NumberSpread
}

/** Bars of runs or groups that have numbers, in the order of the list. */
export function toBars(
  runs: readonly RunSummary[],
  groups: readonly RunGroupOfLine[] | undefined,
  numbers: ReadonlyMap<string, number>,
  grouping: Grouping,
): readonly Bar[] {
  const sets = groups ?? runs.map((run) => ({ name: run.displayName, runs: [run] }))
  return sets.flatMap(({ name, runs: members }): readonly Bar[] => {
    const own = members.flatMap(({ runId }) => numbers.get(runId) ?? []).filter(Number.isFinite)
    const oldest = oldestRun(members)
    if (own.length === 0 || oldest === undefined) return []
    const { statistic, band } = grouping
    const isSingle = groups === undefined
    return [
      {
        id: isSingle ? oldest.runId : name,
        label: name,
        number: oldest.number,
        runId: isSingle ? oldest.runId : undefined,
        numbers: own,
        spread: spreadOf(own, isSingle ? 'mean' : statistic, isSingle ? 'none' : band),
      },
    ]
  })
}

/** The axis that holds all bars, from zero on; boxes and violins need no zero. */
export function barAxis(
  bars: readonly Bar[],
  options: { readonly hasZero: boolean; readonly min: number | undefined; readonly max: number | undefined },
): { readonly low: number; readonly high: number } {
  const all = bars.flatMap(({ numbers, spread }) => [
    spread.value,
    ...(spread.low === undefined ? [] : [spread.low]),
    ...(spread.high === undefined ? [] : [spread.high]),
    ...(options.hasZero ? [0] : numbers),
  ])
  let low = options.min ?? all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  let high = options.max ?? all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (!(low < high)) [low, high] = [low - 0.5, low + 0.5]
  const air = options.hasZero ? 0 : (high - low) * 0.04
  return { low: options.min ?? low - air, high: options.max ?? high + air }
}
