import {
  decodeKeyPath,
  earlierMarkPath,
  encodeKeyPath,
  isJsonObject,
  isStatisticsObject,
  jsonToNumber,
  type MetricRecord,
  parseJson,
  type SummaryItem,
  type SummaryRecord,
  showsStatistics,
  toSummaryStatistics,
} from '@lossline/protocol'
import type { LeafItem } from '../media/row-item.ts'

/**
 * The summary records that a run begins with which goes on. The first says what is counted on from; a second one holds the
 * values for which the earlier process had given up its statistics, because they were set by hand.
 */
export function toEarlierSummary(
  definitions: readonly MetricRecord[],
  shown: readonly LeafItem[],
  runtimeSeconds: number,
): SummaryRecord[] {
  const withStatistics = new Set(
    definitions
      .filter((metric) => metric.name && showsStatistics(toSummaryStatistics(metric)))
      .map(({ name = '' }) => encodeKeyPath(decodeKeyPath(name))),
  )
  const counted: SummaryItem[] = []
  const setByHand: SummaryItem[] = []
  for (const { path, json } of shown) {
    const isByHand = withStatistics.has(encodeKeyPath(path)) && !isStatisticsObject(parseJson(json))
    const items = isByHand ? setByHand : counted
    items.push({ nestedKey: path, valueJson: json })
  }
  const ours: SummaryItem[] = [
    { nestedKey: ['_wandb', 'runtime'], valueJson: String(Math.floor(runtimeSeconds)) },
    { nestedKey: earlierMarkPath, valueJson: 'true' },
  ]
  const first = { update: [...counted, ...ours], remove: [] }
  return setByHand.length === 0 ? [first] : [first, { update: setByHand, remove: [] }]
}

/** The last value of a metric as far as a summary shows it; undefined if it was no number. */
export function lastNumberOf(json: string): number | undefined {
  const number = jsonToNumber(json)
  if (number !== undefined || !json.startsWith('{')) return number
  const shown = parseJson(json)
  const last = isJsonObject(shown) ? shown.last : undefined
  return typeof last === 'number' ? last : undefined
}
