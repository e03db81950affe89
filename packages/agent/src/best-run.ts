import type { RunFilter, StoredSweep } from '@lossline/core'
import type { JsonObject, JsonValue } from '@lossline/protocol'
import { type SweepConfig, summaryKeys } from '@lossline/sweeps'
import { describeSettings } from './describe-settings.ts'

/** The run of a sweep whose metric is the best so far. */
export interface BestRun {
  readonly runId: string
  readonly name: string
  /** Value of the sweep's metric in its summary. */
  readonly value: number
  /** Values of the sweep's parameters by name. */
  readonly settings: JsonObject
}

/** The best run so far; undefined where no run has the sweep's metric. */
export async function findBestRun(
  sweep: StoredSweep,
  { metric, parameters }: SweepConfig,
): Promise<BestRun | undefined> {
  if (metric === undefined) return undefined
  for (const key of summaryKeys(metric)) {
    const order = `${metric.goal === 'minimize' ? '+' : '-'}summary.${key}`
    const run = await sweep.runs({ order, perPage: 1, filters: hasWorked }).first()
    const value = run && valueAt(run.summary, key)
    if (run === undefined) return undefined
    if (typeof value !== 'number') continue
    const settings = Object.fromEntries(
      [...parameters.keys()].flatMap((name) => (name in run.config ? [[name, run.config[name]!]] : [])),
    )
    return { runId: run.id, name: run.name, value, settings }
  }
  return undefined
}

/** As on the page: a run that broke off has proved nothing. */
const hasWorked: RunFilter = { state: { $nin: ['failed', 'crashed'] } }

/** The best run in a line. */
export function describeBestRun({ runId, name, value, settings }: BestRun, { metric }: SweepConfig): string {
  return `${metric?.name} ${Number(value.toPrecision(6))} of ${name} (${runId}) with ${describeSettings(settings)}`
}

/** A metric may be nested, or have a dot in its name. */
function valueAt(summary: Readonly<Record<string, JsonValue>>, name: string): unknown {
  if (name in summary) return summary[name]
  let value: unknown = summary
  for (const label of name.split('.')) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, label) : undefined
  }
  return value
}
