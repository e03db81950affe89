import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts'
import { parseJson } from '../json/parse-json.ts'
import { stringifyJson, stringifyNumber } from '../json/stringify-json.ts'
import type { MetricRecord } from '../records/record-types.ts'

/** Which statistics of a metric the summary shows. All false = the latest value. */
export interface SummaryStatistics {
  readonly min: boolean
  readonly max: boolean
  readonly mean: boolean
  readonly first: boolean
  readonly last: boolean
  /** true keeps the metric out of the summary. */
  readonly none: boolean
}

/** What the summary knows of one leaf path. */
export interface SummaryLeaf {
  statistics: SummaryStatistics
  hasValue: boolean
  /** What a summary record said and no row has changed since, as JSON text. It is shown in place of what is computed. */
  recordedJson: string | undefined
  /** Whether a row had it; else what is known comes from a summary. */
  isLogged: boolean
  hasLatest: boolean
  latestNumber: number
  /** The latest value as JSON text; undefined = it is `latestNumber`. */
  latestJson: string | undefined
  hasFirst: boolean
  firstNumber: number
  firstJson: string | undefined
  /** +Infinity before the first number. */
  min: number
  /** -Infinity before the first number. */
  max: number
  total: number
  count: number
  isChanged: boolean
}

/** What a mean is continued from. */
export interface MeanParts {
  readonly total: number
  readonly count: number
}

/** The latest value and nothing else. */
export const latestOnly: SummaryStatistics = {
  min: false,
  max: false,
  mean: false,
  first: false,
  last: false,
  none: false,
}

/** The statistics that a definition selects, for the summary. */
export function toSummaryStatistics({ summary }: MetricRecord): SummaryStatistics {
  return {
    min: summary?.min ?? false,
    max: summary?.max ?? false,
    mean: summary?.mean ?? false,
    first: summary?.first ?? false,
    last: summary?.last ?? false,
    none: summary?.none ?? false,
  }
}

/** Whether the summary shows an object of statistics in place of the value. */
export function showsStatistics({ min, max, mean, first, last }: SummaryStatistics): boolean {
  return min || max || mean || first || last
}

/** Whether an object looks like what the summary shows of a metric with statistics. */
export function isStatisticsObject(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false
  const labels = Object.keys(value)
  return labels.length > 0 && labels.every(isStatisticLabel)
}

/** Whether this is the name of a statistic that the summary shows. */
export function isStatisticLabel(label: string): boolean {
  return label !== 'none' && Object.hasOwn(latestOnly, label)
}

/** Makes a leaf without a value. */
export function createLeaf(statistics: SummaryStatistics): SummaryLeaf {
  return {
    statistics,
    hasValue: false,
    recordedJson: undefined,
    isLogged: false,
    hasLatest: false,
    latestNumber: 0,
    latestJson: undefined,
    hasFirst: false,
    firstNumber: 0,
    firstJson: undefined,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    total: 0,
    count: 0,
    isChanged: false,
  }
}

/**
 * Counts a logged number in.
 *
 * @param json - Its text, where that says more than the double. Default: the double says it all.
 */
export function logNumber(leaf: SummaryLeaf, value: number, json?: string): void {
  leaf.hasValue = true
  leaf.isLogged = true
  leaf.hasLatest = true
  leaf.recordedJson = undefined
  leaf.latestNumber = value
  leaf.latestJson = json
  if (!leaf.hasFirst) {
    leaf.hasFirst = true
    leaf.firstNumber = value
    leaf.firstJson = json
  }
  // Math.min and Math.max let a NaN through, and it stays: W&B's client does the same.
  leaf.min = Math.min(leaf.min, value)
  leaf.max = Math.max(leaf.max, value)
  leaf.total += value
  leaf.count += 1
}

/** Counts a logged value in that is no number. */
export function logOther(leaf: SummaryLeaf, json: string): void {
  leaf.hasValue = true
  leaf.isLogged = true
  leaf.hasLatest = true
  leaf.recordedJson = undefined
  leaf.latestJson = json
  if (leaf.hasFirst) return
  leaf.hasFirst = true
  leaf.firstJson = json
}

/** Makes a value the latest one without counting it in. */
export function setLatest(leaf: SummaryLeaf, json: string): void {
  leaf.hasValue = true
  leaf.hasLatest = true
  leaf.recordedJson = undefined
  leaf.latestJson = json
}

/** Takes over what a summary shows. Of a metric that no row had yet, its statistics go on from there. */
export function restoreLeaf(leaf: SummaryLeaf, json: string): void {
  leaf.hasValue = true
  leaf.recordedJson = json
  leaf.isChanged = false
  if (leaf.isLogged) return
  const shown = showsStatistics(leaf.statistics) && json.startsWith('{') ? parseObject(json) : undefined
  if (shown === undefined || !isStatisticsObject(shown)) {
    leaf.hasLatest = true
    leaf.latestJson = json
    return
  }
  const { last, first, min, max } = shown
  if (last !== undefined) {
    leaf.hasLatest = true
    leaf.latestJson = stringifyJson(last)
  }
  if (first !== undefined) {
    leaf.hasFirst = true
    leaf.firstJson = stringifyJson(first)
  }
  leaf.min = toNumber(min) ?? leaf.min
  leaf.max = toNumber(max) ?? leaf.max
}

/** Lets a mean that {@link restoreLeaf} took over go on, if these are its parts; else it begins anew. */
export function restoreMean(leaf: SummaryLeaf, { total, count }: MeanParts): void {
  if (leaf.isLogged || leaf.recordedJson === undefined || !(count > 0)) return
  if (!Object.is(toNumber(parseObject(leaf.recordedJson)?.mean), total / count)) return
  leaf.total = total
  leaf.count = count
}

/** What a mean can be continued from; undefined for a leaf that shows none. */
export function meanPartsOf({ statistics, hasValue, total, count }: SummaryLeaf): MeanParts | undefined {
  return statistics.mean && !statistics.none && hasValue && count > 0 ? { total, count } : undefined
}

/** What the summary shows of a leaf; undefined for nothing. */
export function leafToJson(leaf: SummaryLeaf): string | undefined {
  const { statistics } = leaf
  if (!leaf.hasValue || statistics.none) return undefined
  return leaf.recordedJson ?? computeJson(leaf)
}

/** The value from what was counted in; undefined when nothing of what is to be shown is known. */
export function computeJson(leaf: SummaryLeaf): string | undefined {
  const { statistics } = leaf
  const latest = leaf.hasLatest ? (leaf.latestJson ?? stringifyNumber(leaf.latestNumber)) : undefined
  if (!showsStatistics(statistics)) return latest
  const parts: string[] = []
  if (statistics.last && latest !== undefined) parts.push(`"last":${latest}`)
  if (statistics.first && leaf.hasFirst) parts.push(`"first":${leaf.firstJson ?? stringifyNumber(leaf.firstNumber)}`)
  if (statistics.max) addBound(parts, 'max', leaf)
  if (statistics.min) addBound(parts, 'min', leaf)
  if (statistics.mean && (leaf.count > 0 || leaf.isLogged)) {
    parts.push(`"mean":${stringifyNumber(leaf.total / leaf.count)}`)
  }
  return parts.length === 0 ? latest : `{${parts.join(',')}}`
}

function addBound(parts: string[], name: 'min' | 'max', leaf: SummaryLeaf): void {
  const value = leaf[name]
  const isKnown = leaf.count > 0 || value !== (name === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY)
  // A metric that was logged and never was a number shows 0 as minimum and maximum in W&B, and NaN as mean.
  if (isKnown || leaf.isLogged) parts.push(`"${name}":${stringifyNumber(isKnown ? value : 0)}`)
}

function toNumber(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined
}

function parseObject(json: string): JsonObject | undefined {
  const value = parseJson(json)
  return isJsonObject(value) ? value : undefined
}
