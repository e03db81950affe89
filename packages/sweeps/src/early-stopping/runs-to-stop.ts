import type { SweepMetric } from '../config/sweep-config.ts'
import { goalHistory } from '../search/goal-values.ts'
import type { Trial } from '../search/trial.ts'
import type { EarlyTermination, Hyperband, MedianRule, SuccessiveHalving } from './early-termination.ts'

/** A run that had better stop, and why. */
export interface EarlyStop<SomeTrial> {
  readonly trial: SomeTrial
  /** How many values of the metric it was judged by. */
  readonly valueCount: number
  /** What it has reached there, and what it had to reach: in the metric's own sign. */
  readonly value: number
  readonly threshold: number
}

/** The running ones of a sweep's runs that had better stop. All runs are compared with, whatever became of them. */
export function findRunsToStop<SomeTrial extends Trial>(
  trials: readonly SomeTrial[],
  metric: SweepMetric,
  rule: EarlyTermination,
): readonly EarlyStop<SomeTrial>[] {
  const histories = trials.map((trial) => goalHistory(trial, metric))
  const judge = judgeOf(rule, histories)
  const sign = metric.goal === 'maximize' ? -1 : 1
  return trials.flatMap((trial, index) => {
    if (trial.state !== 'running') return []
    const verdict = judge(histories[index]!, index)
    if (verdict === undefined || !(verdict.value > verdict.threshold)) return []
    return [{ trial, valueCount: verdict.valueCount, value: sign * verdict.value, threshold: sign * verdict.threshold }]
  })
}

type Judge = (
  history: readonly number[],
  index: number,
) => { readonly valueCount: number; readonly value: number; readonly threshold: number } | undefined

function judgeOf(rule: EarlyTermination, histories: readonly (readonly number[])[]): Judge {
  switch (rule.kind) {
    case 'hyperband':
      return hyperbandJudge(rule, histories)
    case 'asha':
      return halvingJudge(rule, histories)
    case 'median':
      return medianJudge(rule, histories)
  }
}

/** W&B's: at its largest band a run is compared with the best 1/eta of what all have there. */
function hyperbandJudge({ bands, eta, isStrict }: Hyperband, histories: readonly (readonly number[])[]): Judge {
  const thresholds = new Map<number, number>()
  const thresholdAt = (band: number): number => {
    const known = thresholds.get(band)
    if (known !== undefined) return known
    const values = histories.flatMap((history) => history[band - 1] ?? []).sort((one, other) => one - other)
    const threshold = values[Math.floor(values.length / eta)] ?? Number.POSITIVE_INFINITY
    thresholds.set(band, threshold)
    return threshold
  }
  return (history) => {
    const band = bands.findLast((one) => one <= history.length)
    if (band === undefined) return undefined
    const value = isStrict ? history[band - 1]! : least(history)
    return { valueCount: band, value, threshold: thresholdAt(band) }
  }
}

/** A run goes on from a rung if its best value up to there is among the best 1/eta of those that came to it, itself included. */
function halvingJudge({ rungs, eta }: SuccessiveHalving, histories: readonly (readonly number[])[]): Judge {
  const bestAt = new Map<number, readonly number[]>()
  const sortedAt = (rung: number): readonly number[] => {
    const known = bestAt.get(rung)
    if (known !== undefined) return known
    const reached = histories.filter((history) => history.length >= rung)
    const sorted = reached.map((history) => least(history.slice(0, rung))).sort((one, other) => one - other)
    bestAt.set(rung, sorted)
    return sorted
  }
  return (history) => {
    const rung = rungs.findLast((one) => one <= history.length)
    if (rung === undefined) return undefined
    const sorted = sortedAt(rung)
    // Of fewer than eta runs none is stopped: there is no 1/eta of them yet.
    const kept = Math.floor(sorted.length / eta)
    const threshold = kept === 0 ? Number.POSITIVE_INFINITY : sorted[kept - 1]!
    return { valueCount: rung, value: least(history.slice(0, rung)), threshold }
  }
}

/** The best of a run against the median of the averages of the others, all up to as many values. */
function medianJudge({ valueCountMin, runCountMin }: MedianRule, histories: readonly (readonly number[])[]): Judge {
  const sums = histories.map((history) => {
    let sum = 0
    return history.map((value) => (sum += value))
  })
  return (history, index) => {
    const valueCount = history.length
    if (valueCount < valueCountMin || valueCount === 0) return undefined
    const averages = sums
      .flatMap((sum, other) => (other === index || sum.length < valueCount ? [] : [sum[valueCount - 1]! / valueCount]))
      .sort((one, other) => one - other)
    if (averages.length < runCountMin) return undefined
    const middle = (averages[(averages.length - 1) >> 1]! + averages[averages.length >> 1]!) / 2
    return { valueCount, value: least(history), threshold: middle }
  }
}

function least(values: readonly number[]): number {
  let smallest = Number.POSITIVE_INFINITY
  for (const value of values) smallest = Math.min(smallest, value)
  return smallest
}
