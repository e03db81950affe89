import type { MetricInfo, StrictJson } from '@lossline/protocol'
import { isObject } from '../workspace/json.ts'
import { keyTitle } from '../workspace/sections.ts'

/** What people look at first, the better ones first. */
const likely: readonly RegExp[] = [
  /(^|[/_.])(val|valid|validation|eval|test)[/_.]?loss$/i,
  /(^|[/_.])loss$/i,
  /(^|[/_.])(val|valid|validation|eval|test)[/_.]/i,
  /acc(uracy)?$|score$|reward$|f1$|auc$|perplexity$/i,
]

/** The metric that says how runs do, and which of its values are good; null where no program said. */
export interface KeyMetric {
  readonly key: string
  readonly goal: MetricInfo['goal']
}

/**
 * The metric whose last value says how runs of a project are doing: one that a program has given a goal, one that is called as
 * such ones are, else the first number. Undefined: none is logged.
 */
export function keyMetricOf(
  metrics: readonly Pick<MetricInfo, 'key' | 'stream' | 'kind' | 'goal' | 'isHidden'>[],
): KeyMetric | undefined {
  const numbers = metrics.filter(
    ({ key, stream, kind, isHidden }) => !isHidden && stream === 'history' && kind !== 'other' && !key.startsWith('_'),
  )
  const withGoal = numbers.find(({ goal }) => goal !== null)
  const named = likely.map((pattern) => numbers.find(({ key }) => pattern.test(keyTitle(key)))).find(Boolean)
  const { key, goal } = withGoal ?? named ?? numbers[0] ?? {}
  return key === undefined ? undefined : { key, goal: goal ?? null }
}

/** What runs keep of a metric, as people say it. */
const keptWords = {
  last: 'last',
  best: 'best',
  min: 'lowest',
  max: 'highest',
  mean: 'mean',
  first: 'first',
} as const
type Kept = keyof typeof keptWords

/**
 * The number that says how a run is doing, of what its summary has under a metric: the last value, else what the program asked to
 * keep instead, that which its goal means first. Undefined: there is no number.
 */
export function keyValueOf(
  summary: StrictJson | undefined,
  goal: MetricInfo['goal'],
): { readonly value: number; readonly word: string } | undefined {
  const last = numberOf(summary)
  if (last !== undefined) return { value: last, word: keptWords.last }
  if (!isObject(summary)) return undefined
  const bests: readonly Kept[] = goal === 'maximize' ? ['max', 'min'] : ['min', 'max']
  const order: readonly Kept[] = ['last', 'best', ...bests, 'mean', 'first']
  for (const kept of order) {
    const value = numberOf(summary[kept])
    if (value !== undefined) return { value, word: keptWords[kept] }
  }
  return undefined
}

/** Of a number, or of one that JSON has no sign for. */
function numberOf(value: StrictJson | undefined): number | undefined {
  if (typeof value === 'number') return value
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : undefined
}
