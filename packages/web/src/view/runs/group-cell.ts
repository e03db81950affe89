import {
  type NumberFigures,
  parseMetricColumn,
  type RunGroup,
  type RunSummary,
  type ValueSpread,
} from '@lossline/protocol'
import { plainText } from '../markdown/plain-text.ts'
import { stateLabel } from '../run/run-state.ts'
import { formatAgo, formatCount, formatDateTime, formatDuration, formatNumber } from '../text/format.ts'
import { formatInColumn } from './number-format.ts'
import type { TableColumn } from './table-columns.ts'

const tooManyRuns = 'Histories of more than 2,000 runs are not read at once: filter the runs'
const tooManyValues = 'The groups have too many different values to count them'

/** What a cell of a group says. */
export type GroupCell =
  | {
      readonly kind: 'numbers'
      readonly mean: string
      /** `± 0.2`; undefined for one number, and where all are equal. */
      readonly deviation: string | undefined
      /** Mean of how many, and their range. */
      readonly title: string
    }
  | { readonly kind: 'texts'; readonly text: string; readonly title: string; readonly isConstant: boolean }

/** What can be asked of a column: figures of its numbers, and how often it has which values. */
export interface AskedOfColumn {
  readonly figures: boolean
  readonly spread: boolean
}

const both: AskedOfColumn = { figures: true, spread: true }
const figuresAlone: AskedOfColumn = { figures: true, spread: false }
const spreadAlone: AskedOfColumn = { figures: false, spread: true }

/** Fields of runs of which groups tell something too; ids differ. */
const groupedFields: Readonly<Record<string, AskedOfColumn>> = {
  'run.state': both,
  'run.user': both,
  'run.group': both,
  'run.jobType': both,
  'run.sweep': both,
  'run.host': both,
  'run.runtime': both,
  'run.created': figuresAlone,
  'run.tags': spreadAlone,
  'run.notes': spreadAlone,
}

/** What groups are asked of a column with this key. */
export function askedOf(key: string): AskedOfColumn {
  return isMetricKey(key) ? figuresAlone : (groupedFields[key] ?? both)
}

/** Whether a column is what a metric comes to: that is read from the histories of all runs. */
export function isMetricKey(key: string): boolean {
  return parseMetricColumn(key) !== undefined
}

/** Columns of which groups tell something. */
export function summedKeys(columns: readonly TableColumn[]): readonly string[] {
  return columns.filter(({ key, namespace }) => namespace !== undefined || key in groupedFields).map(({ key }) => key)
}

/** A cell of a group; undefined: nothing is known, or no run has a value. */
export function toGroupCell(
  { runCount }: Pick<RunGroup, 'runCount'>,
  column: TableColumn,
  known: { readonly figures?: NumberFigures | null | undefined; readonly spread?: ValueSpread | null | undefined },
  nowMs: number,
): GroupCell | undefined {
  const { figures, spread } = known
  if (figures === null) return { kind: 'texts', text: 'Too many runs', title: tooManyRuns, isConstant: false }
  if (figures && column.kind === 'time') return toTimes(figures, nowMs)
  if (figures && figures.mean !== null) {
    const cell = toNumbers(figures, figures.mean, column)
    return spread === null ? { ...cell, title: `${cell.title}. ${tooManyValues}` } : cell
  }
  if (spread === null) return { kind: 'texts', text: 'Too many values', title: tooManyValues, isConstant: false }
  return spread === undefined || spread.topValues.length === 0 ? undefined : toTexts(spread, runCount, column)
}

/** When the first and the last of its runs began. */
function toTimes({ count, min, max }: NumberFigures, nowMs: number): GroupCell | undefined {
  if (min === null || max === null) return undefined
  const [first, last] = [formatAgo(min, nowMs), formatAgo(max, nowMs)]
  const isConstant = first === last
  return {
    kind: 'texts',
    text: isConstant ? first : `${first} … ${last}`,
    title: `${formatCount(count, 'run')} from ${formatDateTime(min)} to ${formatDateTime(max)}`,
    isConstant,
  }
}

function toNumbers(
  figures: NumberFigures,
  mean: number,
  column: TableColumn,
): Extract<GroupCell, { readonly kind: 'numbers' }> {
  const write = (value: number): string =>
    column.kind === 'duration' ? formatDuration(value) : formatInColumn(value, column.format)
  const { standardDeviation: deviation, count, min, max } = figures
  const range = min === null || max === null ? '' : `, ${write(min)} … ${write(max)}`
  return {
    kind: 'numbers',
    mean: write(mean),
    deviation: deviation === null || deviation === 0 ? undefined : `± ${write(Number(deviation.toPrecision(2)))}`,
    title: `Mean of ${formatCount(count, 'run')}${range}`,
  }
}

function toTexts({ topValues, distinctCount }: ValueSpread, runCount: number, column: TableColumn): GroupCell {
  const [first] = topValues
  const isConstant = distinctCount === 1 && first?.runCount === runCount
  const write = (value: string | boolean): string => {
    // What is in this column is a state.
    if (column.kind === 'state') return stateLabel(value as RunSummary['state']).text
    return column.key === 'run.notes' ? plainText(String(value)) : String(value)
  }
  const counted = topValues.map(({ value, runCount: count }) => `${write(value)} ${formatNumber(count)}`)
  const more = distinctCount - topValues.length
  const all = more > 0 ? [...counted, `${formatCount(more, 'more value')}`] : counted
  return {
    kind: 'texts',
    text: isConstant
      ? column.kind === 'state'
        ? String(first.value)
        : write(first.value)
      : counted.join(' · ') + (more > 0 ? ' …' : ''),
    title: isConstant ? `All ${formatCount(runCount, 'run')}: ${first.value}` : all.join(', '),
    isConstant,
  }
}
