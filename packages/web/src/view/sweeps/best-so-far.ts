import type { RunSummary, RunWithValues, SweepMetricInfo } from '@lossline/protocol'

/** A run of a sweep, at its place in the order in which they began. */
export interface SweepPoint {
  readonly run: RunSummary
  /** From 1 on. */
  readonly order: number
  readonly value: number
  /** How it ended, which its mark tells. */
  readonly mark: 'ended' | 'live' | 'failed' | 'stopped'
  /** The best value of all runs up to it. */
  readonly best: number
}

/** Runs with a value, and the best so far; what has none is counted. */
export function bestSoFar(
  runs: readonly RunWithValues[],
  { goal }: Pick<SweepMetricInfo, 'goal'>,
): { readonly points: readonly SweepPoint[]; readonly missingCount: number } {
  const points: SweepPoint[] = []
  let best: number | undefined
  for (const [index, run] of runs.entries()) {
    const [value] = run.values
    if (typeof value !== 'number') continue
    const isBetter = best === undefined || (goal === 'minimize' ? value < best : value > best)
    if (isBetter) best = value
    points.push({ run, order: index + 1, value, mark: markOf(run.state), best: best ?? value })
  }
  return { points, missingCount: runs.length - points.length }
}

function markOf(state: RunSummary['state']): SweepPoint['mark'] {
  if (state === 'failed' || state === 'crashed') return 'failed'
  if (state === 'killed' || state === 'preempted') return 'stopped'
  return state === 'finished' ? 'ended' : 'live'
}
