import { createHistoryEncoder, type HistoryEncoder } from '@lossline/protocol'
import type { MetricDefinitions } from './metric-definitions.ts'
import type { Summary, SummaryLeaf } from './summary.ts'

/** What is known of the rows of one shape; made anew when metric definitions or the summary's leaves change. */
export interface ShapePlan {
  readonly paths: readonly (readonly string[])[]
  readonly encoder: HistoryEncoder
  /** false = a row of this shape needs something that the encoder cannot do; it goes the general way. */
  readonly isPlain: boolean
  readonly leaves: readonly SummaryLeaf[]
  /** The values that are the step metric of another metric. */
  readonly stepMetrics: readonly { readonly position: number; readonly name: string }[]
  readonly definitionsVersion: number
  readonly summaryVersion: number
}

/** Makes the plan of a shape. Globs that match its paths must have been expanded before. */
export function createShapePlan(
  paths: readonly (readonly string[])[],
  encoder: HistoryEncoder | undefined,
  definitions: MetricDefinitions,
  summary: Summary,
): ShapePlan {
  const leaves = paths.map((path) => summary.leafAt(path))
  const names = paths.map((path) => path.join('.'))
  const nameSet = new Set(names)
  const lacksStepMetric = paths.some((path) => {
    const stepMetric = definitions.syncedStepMetric(path)
    return stepMetric !== undefined && !nameSet.has(stepMetric)
  })
  return {
    paths,
    encoder: encoder ?? createHistoryEncoder(paths),
    isPlain: !lacksStepMetric,
    leaves,
    stepMetrics: names.flatMap((name, position) => (definitions.isStepMetric(name) ? [{ position, name }] : [])),
    definitionsVersion: definitions.version,
    summaryVersion: summary.version,
  }
}
