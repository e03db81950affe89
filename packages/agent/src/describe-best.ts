import type { StoredSweep } from '@lossline/core'
import type { JsonValue } from '@lossline/protocol'
import type { SweepConfig } from '@lossline/sweeps'
import { describeSettings } from './describe-settings.ts'

/** The best run of a sweep so far in one line; undefined where no run has its metric. */
export async function describeBest(
  sweep: StoredSweep,
  { metric, parameters }: SweepConfig,
): Promise<string | undefined> {
  if (metric === undefined) return undefined
  const best = await sweep.bestRun(`${metric.goal === 'minimize' ? '+' : '-'}summary.${metric.name}`)
  const value = best && valueAt(best.summary, metric.name)
  if (best === undefined || typeof value !== 'number') return undefined
  const settings = Object.fromEntries(
    [...parameters.keys()].flatMap((name) => (name in best.config ? [[name, best.config[name]!]] : [])),
  )
  return `${metric.name} ${Number(value.toPrecision(6))} of ${best.name} (${best.id}) with ${describeSettings(settings)}`
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
