import type { Grouping, RunSummary } from '@lossline/protocol'
import type { StyledRun } from '../chart/palette.ts'
import { type NumberSpread, spreadOf } from './number-spread.ts'
import type { GroupedRuns, RunGroupOfLine } from './run-groups.ts'

/** One bar: of a run, or of a group of runs. */
export interface Bar {
  readonly id: string
  readonly label: string
  /** How it is drawn: as its run or its group. */
  readonly run: StyledRun
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
  const isSingle = groups === undefined
  const sets = groups ?? runs.map(toSingle)
  return sets.flatMap(({ name, look, runs: members }): readonly Bar[] => {
    const own = members.flatMap(({ runId }) => numbers.get(runId) ?? []).filter(Number.isFinite)
    const [first] = members
    if (own.length === 0 || first === undefined) return []
    const { statistic, band } = grouping
    return [
      {
        id: isSingle ? first.runId : name,
        label: name,
        run: look,
        runId: isSingle ? first.runId : undefined,
        numbers: own,
        spread: spreadOf(own, isSingle ? 'mean' : statistic, isSingle ? 'none' : band),
      },
    ]
  })
}

/**
 * Groups to make bars of; each run in none of them is one by itself.
 *
 * @param keys - What runs are put together by.
 * @param hasSets - Names of groups begin with that of their set.
 */
export function barGroups(
  { groups, singles }: GroupedRuns,
  keys: readonly string[],
  hasSets: boolean,
): readonly RunGroupOfLine[] {
  // `adam` of `optimizer = adam`: with one key its name would stand before each value.
  const named =
    keys.length === 1 && !hasSets
      ? groups.map((group) => ({ ...group, name: group.name.slice(group.name.indexOf(' = ') + 3) }))
      : groups
  return [...named, ...singles.map(toSingle)]
}

function toSingle(run: RunSummary): RunGroupOfLine {
  return { name: run.displayName, look: run, runs: [run] }
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
