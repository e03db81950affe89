import type { Grouping } from '@lossline/protocol'
import { objectAt, textAt, textsAt } from '../workspace/json.ts'
import { ownKey } from '../workspace/panel-settings.ts'
import { readGrouping } from './grouping.ts'
import { type PanelKind, titleOfMetrics } from './panel-kind.ts'
import { type RunReduction, readReduction } from './value-source.ts'

/** One number of the runs, large. */
export interface ScalarConfig {
  readonly title: string | undefined
  readonly metrics: readonly string[]
  readonly reduction: RunReduction
  readonly grouping: Grouping
}

export const scalarPanel: PanelKind<ScalarConfig> = {
  kind: 'Scalar Chart',
  title: 'Scalar',
  description: 'One number, and how it differs from the baseline',
  needs: 'metrics',
  parse: (config) => ({
    title: textAt(config, 'chartTitle') || undefined,
    metrics: textsAt(config, 'metrics'),
    reduction: readReduction(objectAt(config, ownKey)),
    grouping: readGrouping(config),
  }),
  titleOf: ({ title, metrics }) => title ?? titleOfMetrics(metrics, 'Scalar'),
  metricsOf: ({ metrics }) => metrics,
  create: (metrics) => ({ metrics }),
}
