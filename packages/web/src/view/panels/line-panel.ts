import type { ExpressionJoin, MetricInfo } from '@lossline/protocol'
import type { JsonObject } from '../workspace/json.ts'
import { booleanAt, numberAt, objectAt, textAt, withKeys } from '../workspace/json.ts'
import {
  isLogOf,
  isSameSetting,
  ownKey,
  ownSettingsOf,
  rangeOf,
  readOwnSettings,
  readYScale,
  smoothingText,
  symlogOf,
  toSmoothing,
  toX,
  withOwnChoice,
  xText,
} from '../workspace/panel-settings.ts'
import type { PanelSettings } from '../workspace/workspace.ts'
import { type AxisLimits, readLimits } from './axis-limits.ts'
import { readGroupKeys } from './group-keys.ts'
import { type LineGrouping, readIsOneGroup, readLineGrouping } from './grouping.ts'
import { type LegendPosition, readLegendPosition, readLegendTemplate } from './legend.ts'
import { type LineForm, readLineForm } from './line-form.ts'
import { formulaTitle, type LineSources, namesInFormula, readLineSources } from './line-source.ts'
import { type PanelKind, titleOfMetrics } from './panel-kind.ts'

/** A line chart of metrics. */
export interface LineConfig {
  readonly title: string | undefined
  /** What the lines are of. */
  readonly sources: LineSources
  /** How metrics of a formula meet that were not logged together. */
  readonly join: ExpressionJoin
  /** Keys by which runs are put together, as queries have them; none: each run by itself; undefined: inherited. */
  readonly groupBy: readonly string[] | undefined
  /** All runs as one line, whatever {@link LineConfig.groupBy} says. */
  readonly isOneGroup: boolean
  readonly grouping: LineGrouping
  /** At most so many runs, the first of the list. */
  readonly runCountMax: number | undefined
  /** Ends of y, and whether it shows 0; those of x are {@link LineConfig.settings}. */
  readonly limits: Pick<AxisLimits, 'yMin' | 'yMax' | 'includesZero'>
  /** Which values are good; undefined: as the metric was defined. */
  readonly goal: Exclude<MetricInfo['goal'], null> | undefined
  /** See `parseLegendTemplate`. */
  readonly legendTemplate: string | undefined
  readonly legendPosition: LegendPosition | undefined
  readonly form: LineForm
  readonly settings: PanelSettings
}

export const linePanel: PanelKind<LineConfig> = {
  kind: 'Run History Line Plot',
  title: 'Line chart',
  description: 'Values over steps or time',
  needs: 'metrics',
  parse: (config) => ({
    title: textAt(config, 'chartTitle') || undefined,
    sources: readLineSources(config),
    join: readJoin(config),
    groupBy: readGroupKeys(config),
    isOneGroup: readIsOneGroup(config),
    grouping: readLineGrouping(config),
    runCountMax: readLimit(config),
    limits: readLimits(config),
    goal: readGoal(config),
    form: readLineForm(config),
    legendTemplate: readLegendTemplate(config),
    legendPosition: readLegendPosition(config),
    settings: readLineSettings(config),
  }),
  titleOf: ({ title, sources: { origin, metrics, pattern, formulas } }) => {
    if (title !== undefined) return title
    if (origin === 'pattern') return `/${pattern}/`
    return titleOfMetrics(origin === 'formulas' ? formulas.map(formulaTitle) : metrics, 'Line chart')
  },
  metricsOf: ({ sources: { origin, metrics, formulas } }) =>
    origin === 'formulas' ? [...new Set(formulas.flatMap(namesInFormula))] : metrics,
  create: (metrics) => ({ metrics }),
}

function readJoin(config: JsonObject): ExpressionJoin {
  return textAt(objectAt(config, ownKey), 'join') === 'last-known' ? 'last-known' : 'equal-step'
}

/** The JSON of a chart whose formulas join their metrics otherwise. */
export function withJoin(config: JsonObject, join: ExpressionJoin): JsonObject {
  return withOwnChoice(config, { join: join === 'last-known' ? join : undefined })
}

const goals = ['minimize', 'maximize'] as const

function readGoal(config: JsonObject): LineConfig['goal'] {
  const text = textAt(objectAt(config, ownKey), 'goal')
  return goals.find((goal) => goal === text)
}

/** The JSON of a panel whose good values are others. */
export function withGoal(config: JsonObject, goal: LineConfig['goal']): JsonObject {
  return withOwnChoice(config, { goal })
}

/** The JSON of a panel that draws the first `limit` runs, or with undefined all. */
export function withRunLimit(config: JsonObject, limit: number | undefined): JsonObject {
  return withKeys(config, { limit })
}

function readLimit(config: JsonObject): number | undefined {
  const limit = numberAt(config, 'limit')
  return limit !== undefined && limit >= 1 ? Math.floor(limit) : undefined
}

/** What a line chart says for itself alone. */
function readLineSettings(config: JsonObject): PanelSettings {
  const xAxis = textAt(config, 'xAxis')
  const expression = textAt(config, 'xExpression')?.trim()
  const type = textAt(config, 'smoothingType')
  const weight = numberAt(config, 'smoothingWeight')
  return {
    // W&B's library says `_step` of every chart, whether somebody chose it or not.
    x: expression ? { kind: 'expression', expression } : xAxis && xAxis !== '_step' ? toX(xAxis) : undefined,
    xMin: numberAt(config, 'xAxisMin'),
    xMax: numberAt(config, 'xAxisMax'),
    smoothing:
      weight === undefined
        ? undefined
        : toSmoothing(type ?? 'exponentialTimeWeighted', weight, numberAt(objectAt(config, ownKey), 'smoothingRange')),
    isLogX: booleanAt(config, 'xLogScale'),
    yScale: readYScale(config, 'yLogScale', objectAt(config, ownKey)),
    ignoresOutliers: booleanAt(config, 'ignoreOutliers'),
    ...readOwnSettings(objectAt(config, ownKey)),
  }
}

/** The JSON with other settings of its own; undefined ones are inherited again. */
export function withLineSettings(config: JsonObject, settings: PanelSettings): JsonObject {
  const before = readLineSettings(config)
  const { type, weight } = settings.smoothing ? smoothingText(settings.smoothing) : {}
  const next = withKeys(config, {
    ...(isSameSetting(settings.x, before.x) ? {} : xKeysOf(settings.x)),
    ...(isSameSetting(settings.smoothing, before.smoothing) ? {} : { smoothingType: type, smoothingWeight: weight }),
    xAxisMin: settings.xMin,
    xAxisMax: settings.xMax,
    xLogScale: settings.isLogX,
    yLogScale: isLogOf(settings.yScale),
    ignoreOutliers: settings.ignoresOutliers,
  })
  return withOwnChoice(next, {
    smoothingRange: rangeOf(settings.smoothing),
    yScale: symlogOf(settings.yScale),
    ...ownSettingsOf(settings),
  })
}

/** W&B has a key of its own for formulas. */
function xKeysOf(x: PanelSettings['x']): {
  readonly xAxis?: string | undefined
  readonly xExpression: string | undefined
} {
  return x?.kind === 'expression' ? { xExpression: x.expression } : { xAxis: xText(x), xExpression: undefined }
}
