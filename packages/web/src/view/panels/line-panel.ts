import type { Grouping } from '@lossline/protocol'
import type { JsonObject } from '../workspace/json.ts'
import { booleanAt, numberAt, textAt, textsAt, withKeys } from '../workspace/json.ts'
import { smoothingText, toSmoothing, toX, xText } from '../workspace/panel-settings.ts'
import type { PanelSettings } from '../workspace/workspace.ts'
import { readGroupKeys } from './group-keys.ts'
import { readGrouping } from './grouping.ts'
import { type PanelKind, titleOfMetrics } from './panel-kind.ts'

/** A line chart of metrics. */
export interface LineConfig {
  readonly title: string | undefined
  readonly metrics: readonly string[]
  /** Metrics by a regular expression instead. */
  readonly pattern: string | undefined
  /** Formulas (see `parseExpression`) that are drawn instead of the metrics that they name. */
  readonly expressions: readonly string[]
  /** A formula as x axis. */
  readonly xExpression: string | undefined
  /** Keys by which runs are put together, as queries have them; none: each run by itself; undefined: inherited. */
  readonly groupBy: readonly string[] | undefined
  readonly grouping: Grouping
  /** At most so many runs, the first of the list. */
  readonly runCountMax: number | undefined
  readonly yMin: number | undefined
  readonly yMax: number | undefined
  readonly settings: PanelSettings
}

export const linePanel: PanelKind<LineConfig> = {
  kind: 'Run History Line Plot',
  title: 'Line chart',
  description: 'Values over steps or time',
  needs: 'metrics',
  parse: (config) => ({
    title: textAt(config, 'chartTitle') || undefined,
    metrics: textsAt(config, 'metrics'),
    pattern: booleanAt(config, 'useMetricRegex') === true ? textAt(config, 'metricRegex') || undefined : undefined,
    expressions: textsAt(config, 'expressions').filter((text) => text.trim() !== ''),
    xExpression: textAt(config, 'xExpression') || undefined,
    groupBy: readGroupKeys(config),
    grouping: readGrouping(config),
    runCountMax: readLimit(config),
    yMin: numberAt(config, 'yAxisMin'),
    yMax: numberAt(config, 'yAxisMax'),
    settings: readLineSettings(config),
  }),
  titleOf: ({ title, metrics, pattern, expressions }) => {
    if (title !== undefined) return title
    if (pattern !== undefined) return `/${pattern}/`
    return titleOfMetrics(expressions.length > 0 ? expressions : metrics, 'Line chart')
  },
  metricsOf: ({ metrics }) => metrics,
  create: (metrics) => ({ metrics }),
}

function readLimit(config: JsonObject): number | undefined {
  const limit = numberAt(config, 'limit')
  return limit !== undefined && limit >= 1 ? Math.floor(limit) : undefined
}

/** What a line chart says for itself alone. */
function readLineSettings(config: JsonObject): PanelSettings {
  const xAxis = textAt(config, 'xAxis')
  const type = textAt(config, 'smoothingType')
  const weight = numberAt(config, 'smoothingWeight')
  return {
    // W&B's library says `_step` of every chart, whether somebody chose it or not.
    x: xAxis === undefined || xAxis === '_step' ? undefined : toX(xAxis),
    xMin: numberAt(config, 'xAxisMin'),
    xMax: numberAt(config, 'xAxisMax'),
    smoothing: weight === undefined ? undefined : toSmoothing(type ?? 'exponentialTimeWeighted', weight),
    isLogX: booleanAt(config, 'xLogScale'),
    isLogY: booleanAt(config, 'yLogScale'),
    ignoresOutliers: booleanAt(config, 'ignoreOutliers'),
  }
}

/** The JSON with other settings of its own; undefined ones are inherited again. */
export function withLineSettings(config: JsonObject, settings: PanelSettings): JsonObject {
  const before = readLineSettings(config)
  const { type, weight } = settings.smoothing ? smoothingText(settings.smoothing) : {}
  return withKeys(config, {
    ...(isSame(settings.x, before.x) ? {} : { xAxis: xText(settings.x) }),
    ...(isSame(settings.smoothing, before.smoothing) ? {} : { smoothingType: type, smoothingWeight: weight }),
    xAxisMin: settings.xMin,
    xAxisMax: settings.xMax,
    xLogScale: settings.isLogX,
    yLogScale: settings.isLogY,
    ignoreOutliers: settings.ignoresOutliers,
  })
}

function isSame(a: object | undefined, b: object | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
