import type { SummaryFold } from '@lossline/protocol'
import type { MetricRecords } from './metric-records.ts'
import type { MetricTraces } from './metric-traces.ts'
import { announceShape, createShapePlan, type ShapePlan } from './shape-plan.ts'
import type { SummaryRecords } from './summary-records.ts'

/** The shapes of numeric rows by their ids, with the plans for their rows. */
export interface ShapePlans {
  /** Announces a shape: rows of it may come. */
  define(id: number, paths: readonly (readonly string[])[]): void
  /** The plan of a shape, which may be out of date: its paths are not. */
  at(id: number): ShapePlan
  /** The plan for a row that is written now. */
  current(id: number): ShapePlan
}

export interface CreateShapePlansOptions {
  readonly fold: SummaryFold
  readonly traces: MetricTraces
  readonly metricRecords: MetricRecords
  readonly summaryRecords: SummaryRecords
}

/** Begins without shapes. */
export function createShapePlans(options: CreateShapePlansOptions): ShapePlans {
  const { traces, metricRecords, summaryRecords } = options
  const { definitions, summary } = options.fold
  const plans: ShapePlan[] = []

  function at(id: number): ShapePlan {
    const plan = plans[id]
    if (plan === undefined) throw new Error(`Row of an unknown shape ${id}.`)
    return plan
  }

  return {
    define(id, paths) {
      plans[id] = announceShape(paths)
    },
    at,
    current(id) {
      const plan = at(id)
      if (plan.definitionsVersion === definitions.version && plan.summaryVersion === summary.version) return plan
      for (const path of plan.paths) metricRecords.expandGlobs(path)
      summaryRecords.markChanges()
      const next = createShapePlan(plan.paths, plan.encoder, definitions, summary, traces)
      plans[id] = next
      return next
    },
  }
}
