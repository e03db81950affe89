import type { MetricInfo } from '@lossline/protocol'
import { keyTitle } from '../workspace/sections.ts'

/** A metric whose best value says what a run has come to. */
export interface BestMetric {
  readonly key: string
  readonly title: string
  readonly goal: 'minimize' | 'maximize'
  /** '': none. */
  readonly unit: string
}

/** More of them are a table. */
const countMax = 4

/** Names whose values are good where they are small, and where they are large. */
const likely: readonly (readonly [pattern: RegExp, goal: BestMetric['goal']])[] = [
  [/(loss|error|perplexity|rmse|mse|mae|wer)$/i, 'minimize'],
  [/(acc|accuracy|score|reward|f1|auc|bleu|map|iou|return)$/i, 'maximize'],
]

/** Those that a program has given a goal; without any, those of validation whose names say it. */
export function bestMetricsOf(
  metrics: readonly Pick<MetricInfo, 'key' | 'stream' | 'kind' | 'goal' | 'isHidden' | 'unit'>[],
): readonly BestMetric[] {
  const numbers = metrics.filter(({ stream, kind, isHidden }) => stream === 'history' && kind !== 'other' && !isHidden)
  const aimed = numbers.flatMap(({ key, goal, unit }) =>
    goal === null ? [] : [{ key, title: keyTitle(key), goal, unit }],
  )
  if (aimed.length > 0) return aimed.slice(0, countMax)
  const named = numbers.flatMap(({ key, unit }) => {
    const title = keyTitle(key)
    const found = likely.find(([pattern]) => pattern.test(title))
    return found && /(^|[/_.])(val|valid|validation|eval|test)[/_.]/i.test(title)
      ? [{ key, title, goal: found[1], unit }]
      : []
  })
  return named.slice(0, countMax)
}
