import type { GroupBand, Grouping, GroupStatistic } from '@lossline/protocol'
import { type JsonObject, textAt, withKeys } from '../workspace/json.ts'

const statistics: Readonly<Record<string, GroupStatistic>> = {
  mean: 'mean',
  median: 'median',
  min: 'min',
  max: 'max',
  sum: 'sum',
}
const bands: Readonly<Record<string, GroupBand>> = {
  none: 'none',
  minmax: 'min-max',
  stddev: 'sd',
  stderr: 'standard-error',
  // Ours: W&B's programs have no word for it and leave it alone.
  ci95: 'confidence-95',
}

/** The centre and band of groups. Where nothing is said, the mean and the whole spread, as W&B does. */
export function readGrouping(config: JsonObject): Grouping {
  return {
    statistic: statistics[textAt(config, 'groupAgg') ?? ''] ?? 'mean',
    band: bands[textAt(config, 'groupArea') ?? ''] ?? 'min-max',
  }
}

/** The JSON with another centre and band of groups. */
export function withGrouping(config: JsonObject, { statistic, band }: Grouping): JsonObject {
  const word = (table: Readonly<Record<string, string>>, value: string): string | undefined =>
    Object.keys(table).find((key) => table[key] === value)
  const before = readGrouping(config)
  const isUnchanged = before.statistic === statistic && before.band === band
  return isUnchanged
    ? config
    : withKeys(config, { groupAgg: word(statistics, statistic), groupArea: word(bands, band) })
}
