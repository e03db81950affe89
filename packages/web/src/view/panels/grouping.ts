import type { GroupBand, Grouping, GroupStatistic } from '@lossline/protocol'
import { booleanAt, type JsonObject, objectAt, textAt, withKeys } from '../workspace/json.ts'
import { ownKey, withOwnChoice } from '../workspace/panel-settings.ts'
import type { LineForm } from './line-form.ts'

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
  quartiles: 'quartiles',
}

/** What is drawn around the line of a group: a band, or every run of it as a thin line. */
export type LineBand = GroupBand | 'members'

/** Centre and band of the groups of a line chart. */
export interface LineGrouping {
  readonly statistic: GroupStatistic
  readonly band: LineBand
}

/** W&B's word for thin lines of all runs. */
const membersWord = 'samples'

/** The centre and band of the groups of a line chart. */
export function readLineGrouping(config: JsonObject): LineGrouping {
  const grouping = readGrouping(config)
  return textAt(config, 'groupArea') === membersWord ? { ...grouping, band: 'members' } : grouping
}

/** What the server is asked for: it knows of no thin lines, which are series of runs. */
export function askedGrouping({ statistic, band }: LineGrouping): Grouping {
  return { statistic, band: band === 'members' ? 'none' : band }
}

/** What there is a place for: in a stack only sums have one. */
export function drawnGrouping(grouping: LineGrouping, form: LineForm): LineGrouping {
  return form === 'stacked' || form === 'percent' ? askedGrouping(grouping) : grouping
}

/** The centre and band of groups. Where nothing is said, the mean and the whole spread, as W&B does. */
export function readGrouping(config: JsonObject): Grouping {
  return {
    statistic: statistics[textAt(config, 'groupAgg') ?? ''] ?? 'mean',
    band: bands[textAt(config, 'groupArea') ?? ''] ?? 'min-max',
  }
}

/** The JSON with another centre and band of groups. */
export function withGrouping(config: JsonObject, { statistic, band }: LineGrouping): JsonObject {
  const word = (table: Readonly<Record<string, string>>, value: string): string | undefined =>
    Object.keys(table).find((key) => table[key] === value)
  const before = readLineGrouping(config)
  const isUnchanged = before.statistic === statistic && before.band === band
  return isUnchanged
    ? config
    : withKeys(config, {
        groupAgg: word(statistics, statistic),
        groupArea: band === 'members' ? membersWord : word(bands, band),
      })
}

/** Whether a chart draws all of its runs as one line, whatever they have. */
export function readIsOneGroup(config: JsonObject): boolean {
  return booleanAt(objectAt(config, ownKey), 'isOneGroup') === true
}

/** The JSON of a chart that does, or not. */
export function withOneGroup(config: JsonObject, isOneGroup: boolean): JsonObject {
  return withOwnChoice(config, { isOneGroup: isOneGroup || undefined })
}

/** What is offered where hundreds of lines cover each other: their median, and in its band the middle half of them. */
export function withQuantileBand(config: JsonObject): JsonObject {
  return withGrouping(withOneGroup(config, true), { statistic: 'median', band: 'quartiles' })
}
