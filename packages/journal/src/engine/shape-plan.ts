import { createHistoryEncoder, type HistoryEncoder } from '@lossline/protocol'
import type { MetricDefinitions } from './metric-definitions.ts'
import type { Summary, SummaryLeaf } from './summary.ts'

/** What is known of the rows of one shape; made anew when metric definitions or the summary's leaves change. */
export interface ShapePlan {
  readonly keys: readonly string[]
  readonly encoder: HistoryEncoder
  /** false = a row of this shape needs something that the encoder cannot do; it goes the general way. */
  readonly isPlain: boolean
  readonly leaves: readonly SummaryLeaf[]
  /** The values that are the step metric of another metric. */
  readonly stepMetrics: readonly { readonly position: number; readonly name: string }[]
  readonly definitionsVersion: number
  readonly summaryVersion: number
}

/** Makes the plan of a shape. Globs that match its keys must have been expanded before. */
export function createShapePlan(
  keys: readonly string[],
  encoder: HistoryEncoder | undefined,
  definitions: MetricDefinitions,
  summary: Summary,
): ShapePlan {
  const leaves = keys.map((key) => summary.leafAt([key]))
  const keySet = new Set(keys)
  const lacksStepMetric = keys.some((key) => {
    const stepMetric = definitions.syncedStepMetric([key])
    return stepMetric !== undefined && !keySet.has(stepMetric)
  })
  return {
    keys,
    encoder: encoder ?? createHistoryEncoder(keys),
    isPlain: !lacksStepMetric,
    leaves,
    stepMetrics: keys.flatMap((name, position) => (definitions.isStepMetric(name) ? [{ position, name }] : [])),
    definitionsVersion: definitions.version,
    summaryVersion: summary.version,
  }
}
