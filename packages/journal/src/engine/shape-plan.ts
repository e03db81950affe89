import {
  createHistoryEncoder,
  type HistoryEncoder,
  type MetricDefinitions,
  type Summary,
  type SummaryLeaf,
} from '@lossline/protocol'
import type { MetricTraces } from './metric-traces.ts'
import type { Trace } from './trace.ts'

/** What is known of the rows of one shape; made anew when metric definitions or the summary's leaves change. */
export interface ShapePlan {
  readonly paths: readonly (readonly string[])[]
  readonly encoder: HistoryEncoder
  /** false = a row of this shape needs something that the encoder cannot do; it goes the general way. */
  readonly isPlain: boolean
  /** Of a plain shape, the leaf of each value. */
  readonly leaves: readonly SummaryLeaf[]
  /** The course of each value; undefined for what is not drawn at the end. */
  readonly traces: readonly (Trace | undefined)[]
  /** The values that are the step metric of another metric. */
  readonly stepMetrics: readonly { readonly position: number; readonly name: string }[]
  readonly definitionsVersion: number
  readonly summaryVersion: number
}

/** What is known of a shape before its first row, which may never come: nothing of the summary gives way to it yet. */
export function announceShape(paths: readonly (readonly string[])[]): ShapePlan {
  return {
    paths,
    encoder: createHistoryEncoder(paths),
    isPlain: false,
    leaves: [],
    traces: [],
    stepMetrics: [],
    definitionsVersion: -1,
    summaryVersion: -1,
  }
}

/** Makes the plan of a shape. Globs that match its paths must have been expanded before. */
export function createShapePlan(
  paths: readonly (readonly string[])[],
  encoder: HistoryEncoder,
  definitions: MetricDefinitions,
  summary: Summary,
  traces: MetricTraces,
): ShapePlan {
  const names = paths.map((path) => path.join('.'))
  const nameSet = new Set(names)
  const lacksStepMetric = paths.some((path) => {
    const stepMetric = definitions.syncedStepMetric(path)
    return stepMetric !== undefined && !nameSet.has(stepMetric)
  })
  const isPlain = !lacksStepMetric
  return {
    paths,
    encoder,
    isPlain,
    leaves: isPlain ? paths.map(summary.leafAt) : [],
    traces: isPlain ? paths.map(traces.at) : [],
    stepMetrics: names.flatMap((name, position) => (definitions.isStepMetric(name) ? [{ position, name }] : [])),
    definitionsVersion: definitions.version,
    summaryVersion: summary.version,
  }
}
