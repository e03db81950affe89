/** What all finite values of a metric in a run can come to. */
export const metricReductions = ['min', 'max', 'mean', 'first', 'last'] as const
/** One of {@link metricReductions}. */
export type MetricReduction = (typeof metricReductions)[number]

/** A column of lists of runs: what the values of a metric come to in each. */
export interface MetricColumn {
  readonly reduction: MetricReduction
  /** Key path text of a numeric metric of history. */
  readonly metric: string
}

/** Different metrics among the columns of one list: each is read through the whole history of every run of a page. */
export const metricsOfColumnsMax = 150

const prefix = 'metric.'

/** The key of such a column in requests: `metric.max:val/accuracy`. */
export function metricColumnKey({ reduction, metric }: MetricColumn): string {
  return `${prefix}${reduction}:${metric}`
}

/** Reads {@link metricColumnKey}; undefined for the keys of other columns. */
export function parseMetricColumn(key: string): MetricColumn | undefined {
  if (!key.startsWith(prefix)) return undefined
  const colon = key.indexOf(':')
  const reduction = metricReductions.find((one) => one === key.slice(prefix.length, colon))
  const metric = key.slice(colon + 1)
  return reduction === undefined || metric === '' ? undefined : { reduction, metric }
}
