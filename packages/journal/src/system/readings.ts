import type { StatsRecord } from '@lossline/protocol'

/** One set of system metrics: the key without `system.`, and its value. */
export type Readings = Map<string, number>

/**
 * A record of readings, in W&B's form.
 *
 * @param label - Name of the process among several that write one run; appended to each key as `/l:<label>`.
 * @returns `undefined` when there is nothing to record.
 */
export function toStatsRecord(readings: Readings, timeMs: number, label?: string): StatsRecord | undefined {
  const suffix = label === undefined ? '' : `/l:${label}`
  const item = [...readings]
    .filter(([, value]) => Number.isFinite(value))
    .map(([key, value]) => ({ key: `${key}${suffix}`, valueJson: String(roundTo6Digits(value)) }))
  if (item.length === 0) return undefined
  const seconds = Math.floor(timeMs / 1000)
  const nanos = Math.round((timeMs - seconds * 1000) * 1e6)
  return { statsType: 'system', timestamp: { seconds, nanos }, item }
}

/** Large counters stay exact; what is measured has no more than six meaningful digits behind the point. */
function roundTo6Digits(value: number): number {
  return Number.isInteger(value) ? value : Math.round(value * 1e6) / 1e6
}
