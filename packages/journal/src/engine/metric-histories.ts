import type { Trace } from './trace.ts'

/** The course of one metric over a run, for a small picture of it. */
export interface MetricHistory {
  readonly path: readonly string[]
  /** Values logged. */
  readonly count: number
  readonly latest: number
  readonly min: number
  readonly max: number
  /** Values in between, each the middle of the least and greatest of an equal part of the run; at most 64. */
  readonly values: readonly number[]
}

// As W&B's client shows (`max_end_of_run_history_metrics`).
const historiesMax = 10

/**
 * The metrics that are worth a picture: those that changed, at most ten, in the order in which they are given. Counters, which
 * only ever grow by whole numbers, come last.
 */
export function toMetricHistories(traced: readonly { path: readonly string[]; trace: Trace }[]): MetricHistory[] {
  const changed = traced.filter(({ trace }) => trace.count > 1 && trace.min < trace.max)
  const ordered = [...changed.filter((one) => !isCounter(one.trace)), ...changed.filter((one) => isCounter(one.trace))]
  return ordered.slice(0, historiesMax).map(({ path, trace }) => ({
    path,
    count: trace.count,
    latest: trace.latest,
    min: trace.min,
    max: trace.max,
    values: Array.from({ length: trace.length }, (_, part) => middleOf(trace, part)),
  }))
}

// Halved first: the sum of two large numbers could be infinite.
function middleOf({ mins, maxs }: Trace, part: number): number {
  return (mins[part] as number) / 2 + (maxs[part] as number) / 2
}

function isCounter({ mins, maxs, length }: Trace): boolean {
  for (let part = 0; part < length; part += 1) {
    const [min, max] = [mins[part] as number, maxs[part] as number]
    if (!Number.isInteger(min) || !Number.isInteger(max)) return false
    if (part > 0 && min < (maxs[part - 1] as number)) return false
  }
  return true
}
