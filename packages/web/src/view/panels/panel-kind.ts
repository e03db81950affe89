import type { JsonObject } from '../workspace/json.ts'

/**
 * A kind of panels, without how it is drawn: `components/panels/registry.ts` adds that. `Config` is what its JSON means; whoever
 * changes a panel changes the JSON and leaves what it does not know.
 */
export interface PanelKind<Config = unknown> {
  /** W&B's `viewType`. */
  readonly kind: string
  /** Such as "Bar chart". */
  readonly title: string
  /** What it is good for, in a few words, where a panel is added. */
  readonly description: string
  /** What it is made of: numbers or something else that was logged; `nothing`: it needs none. */
  readonly needs: 'metrics' | 'histograms' | 'media' | 'tables' | 'nothing'
  /** Never throws: what cannot be read has its default. */
  parse(config: JsonObject): Config
  /** What a panel is called where nobody named it. */
  titleOf(config: Config): string
  /** Names of metrics, as `metricName` makes them, by which a search finds it. */
  metricsOf(config: Config): readonly string[]
  /** What a new panel of some keys says, which are of what it needs. */
  create(keys: readonly string[]): JsonObject
}

/** Several names as a title: all of few, the first of many. */
export function titleOfMetrics(metrics: readonly string[], otherwise: string): string {
  if (metrics.length === 0) return otherwise
  return metrics.length <= 2 ? metrics.join(', ') : `${metrics[0]} and ${metrics.length - 1} more`
}
