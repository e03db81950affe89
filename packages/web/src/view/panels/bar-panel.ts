import type { Grouping } from '@lossline/protocol'
import { type JsonObject, numberAt, objectAt, textAt, textsAt } from '../workspace/json.ts'
import { ownKey } from '../workspace/panel-settings.ts'
import { readGroupKeys } from './group-keys.ts'
import { readGrouping } from './grouping.ts'
import { type PanelKind, titleOfMetrics } from './panel-kind.ts'
import { type RunReduction, readReduction } from './value-source.ts'

/** How a bar panel draws a group of runs. */
export type BarShape = 'bar' | 'box' | 'violin'

/** One number of each run or group as bars. */
export interface BarConfig {
  readonly title: string | undefined
  readonly metrics: readonly string[]
  readonly reduction: RunReduction
  /** Keys by which runs are put together; none: each run by itself; undefined: inherited. */
  readonly groupBy: readonly string[] | undefined
  readonly grouping: Grouping
  readonly shape: BarShape
  /** At most so many bars, the first of the list. */
  readonly barCountMax: number
  readonly min: number | undefined
  readonly max: number | undefined
}

const barCountMaxDefault = 100

export const barPanel: PanelKind<BarConfig> = {
  kind: 'Bar Chart',
  title: 'Bar chart',
  description: 'One number of each run or group',
  needs: 'metrics',
  parse: (config) => {
    const own = objectAt(config, ownKey)
    const limit = numberAt(config, 'barLimit') ?? numberAt(config, 'limit')
    return {
      title: textAt(config, 'chartTitle') || undefined,
      metrics: textsAt(config, 'metrics'),
      reduction: readReduction(own),
      groupBy: readGroupKeys(config),
      grouping: readGrouping(config),
      shape: readShape(own),
      barCountMax: limit !== undefined && limit >= 1 ? Math.floor(limit) : barCountMaxDefault,
      min: numberAt(config, 'xAxisMin'),
      max: numberAt(config, 'xAxisMax'),
    }
  },
  titleOf: ({ title, metrics }) => title ?? titleOfMetrics(metrics, 'Bar chart'),
  metricsOf: ({ metrics }) => metrics,
  create: (metrics) => ({ metrics }),
}

function readShape(own: JsonObject): BarShape {
  const said = textAt(own, 'shape')
  return said === 'box' || said === 'violin' ? said : 'bar'
}
