import { type MetricFigures, metricColumnKey } from '@lossline/protocol'
import type { ColumnMetric } from '../runs/column-metrics.ts'
import type { MetricsByName } from '../workspace/automatic-panels.ts'
import { type JsonObject, textAt } from '../workspace/json.ts'

/** Where one number of each run comes from. */
export type ValueSource =
  /** What the run has logged, reduced to one number. */
  | { readonly kind: 'metric'; readonly key: string; readonly stream: 'history' | 'events' }
  /** A value of the config, summary or run itself, as queries have it: `summary.acc`, `config.lr`. */
  | { readonly kind: 'value'; readonly key: string }

/** To what the values of a run are reduced. */
export type RunReduction = keyof Pick<MetricFigures, 'last' | 'min' | 'max' | 'mean'>

export const runReductions: readonly { readonly id: RunReduction; readonly label: string }[] = [
  { id: 'last', label: 'Last' },
  { id: 'min', label: 'Minimum' },
  { id: 'max', label: 'Maximum' },
  { id: 'mean', label: 'Mean' },
]

/** What W&B's panels call by a name: `loss`, `summary_metrics.loss`, `config.lr.value`. */
export function toValueSource(name: string, metrics: MetricsByName): ValueSource {
  const stored = storedKey(name)
  if (stored !== undefined) return { kind: 'value', key: stored }
  const info = metrics.get(name)
  return info ? { kind: 'metric', key: info.key, stream: info.stream } : { kind: 'value', key: `summary.${name}` }
}

/** What is known of the metric that a source is of. @param metricOf - Finds a metric by the key of a column. */
export function metricOfSource(
  source: ValueSource,
  metricOf: (columnKey: string) => ColumnMetric | undefined,
): ColumnMetric | undefined {
  if (source.kind === 'value') return metricOf(source.key)
  return source.stream === 'history' ? metricOf(metricColumnKey({ reduction: 'last', metric: source.key })) : undefined
}

/** How our own word in a panel says it. */
export function readReduction(own: JsonObject): RunReduction {
  const said = textAt(own, 'reduction')
  return runReductions.find(({ id }) => id === said)?.id ?? 'last'
}

function storedKey(name: string): string | undefined {
  const summary = /^summary(?:_metrics)?\.(.+)$/.exec(name)?.[1]
  if (summary !== undefined) return `summary.${summary}`
  const config = /^config\.(.+)$/.exec(name)?.[1]
  return config === undefined ? undefined : `config.${config.replace(/^([^.]+)\.value(?=\.|$)/, '$1')}`
}
