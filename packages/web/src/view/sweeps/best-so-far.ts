import type { RunSummary, RunWithValues, SweepMetricInfo } from '@lossline/protocol'
import type { PanelTable } from '../panels/panel-table.ts'

/** A run of a sweep, at its place in the order in which they began. */
export interface SweepPoint {
  readonly run: RunSummary
  /** From 1 on. */
  readonly order: number
  readonly value: number
  /** How it ended, which its mark tells. */
  readonly mark: 'ended' | 'live' | 'failed' | 'stopped'
  /** The best value of all runs up to it that did not fail; undefined: there is none yet. */
  readonly best: number | undefined
}

/** Runs with a value, and the best so far; what has none is counted. A run that failed is no best one, whatever it had reached. */
export function bestSoFar(
  runs: readonly RunWithValues[],
  { goal }: Pick<SweepMetricInfo, 'goal'>,
): { readonly points: readonly SweepPoint[]; readonly missingCount: number } {
  const points: SweepPoint[] = []
  let best: number | undefined
  for (const [index, run] of runs.entries()) {
    const [value] = run.values
    if (typeof value !== 'number') continue
    const mark = markOf(run.state)
    const isBetter = best === undefined || (goal === 'minimize' ? value < best : value > best)
    if (isBetter && mark !== 'failed') best = value
    points.push({ run, order: index + 1, value, mark, best })
  }
  return { points, missingCount: runs.length - points.length }
}

/** The best so far as a line that steps where it changes; it begins at the first run that is one. */
export function bestSteps(points: readonly SweepPoint[]): readonly (readonly [order: number, best: number])[] {
  const known = points.flatMap(({ order, best }) => (best === undefined ? [] : [[order, best] as const]))
  return known.flatMap(([order, best], index) => {
    const before = known[index - 1]?.[1] ?? best
    return before === best ? [[order, best] as const] : [[order, before] as const, [order, best] as const]
  })
}

/** Those of some ticks at which there is a run. @param count - Of the runs. */
export function runTicks(ticks: readonly number[], count: number): readonly number[] {
  return ticks.filter((tick) => Number.isInteger(tick) && tick >= 1 && tick <= count)
}

/** The same as rows. @param metric - What the values are of. */
export function bestSoFarTable(metric: string, points: readonly SweepPoint[]): PanelTable {
  return {
    columns: ['Number', 'Run', metric, 'State', 'Best so far'],
    rows: points.map(({ order, run, value, mark, best }) => [
      order,
      run.displayName,
      value,
      markWords[mark],
      best ?? '',
    ]),
  }
}

/** What marks mean. */
export const markWords: Readonly<Record<SweepPoint['mark'], string>> = {
  ended: 'finished',
  live: 'goes on',
  failed: 'failed',
  stopped: 'stopped early',
}

/** How a run ended, which its mark tells. */
export function markOf(state: RunSummary['state']): SweepPoint['mark'] {
  if (state === 'failed' || state === 'crashed') return 'failed'
  if (state === 'killed' || state === 'preempted') return 'stopped'
  return state === 'finished' ? 'ended' : 'live'
}
