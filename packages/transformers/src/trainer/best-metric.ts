import type { ParsedArguments } from './training-arguments.ts'

/** The metric that decides which model is the best, of an evaluation; `undefined` when there is none. */
export function bestMetricOf(args: ParsedArguments, metrics: Readonly<Record<string, number>>): number | undefined {
  const name = args.metricForBestModel
  if (name === undefined) return undefined
  return metrics[name.startsWith('eval_') ? name : `eval_${name}`]
}

/** Whether a value is better than the best one so far. NaN never is. */
export function isBetter(value: number, best: number | undefined, args: ParsedArguments): boolean {
  if (Number.isNaN(value)) return false
  if (best === undefined) return true
  return args.greaterIsBetter ? value > best : value < best
}
