import type { StrictJson } from '@lossline/protocol'
import { formatAgo, formatDateTime, formatDuration, formatExact } from '../text/format.ts'
import { formatInColumn } from './number-format.ts'
import type { TableColumn } from './table-columns.ts'

/** A value as a cell writes it, and in full for whoever wants to know. */
export interface CellText {
  readonly text: string
  readonly title: string
}

const textLengthMax = 200

/** Missing values are a dash; NaN and infinities stay what they are. */
export function formatCell(
  value: StrictJson,
  { kind, format }: Pick<TableColumn, 'kind' | 'format'>,
  nowMs: number,
): CellText {
  if (value === null || value === '') return { text: '–', title: '' }
  if (typeof value === 'number') {
    if (kind === 'time') return { text: formatAgo(value, nowMs), title: formatDateTime(value) }
    if (kind === 'duration') return { text: formatDuration(value), title: `${formatExact(value)} s` }
    return { text: formatInColumn(value, format), title: formatExact(value) }
  }
  const whole = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return { text: whole.slice(0, textLengthMax), title: whole }
}

/** How a number differs from the baseline's. */
export interface Delta {
  /** `▲ +0.02` */
  readonly text: string
  /** Undefined: equal, or nobody said which numbers are good. */
  readonly isBetter: boolean | undefined
}

/** The difference to a baseline; undefined where there is nothing to compare. */
export function toDelta(
  value: StrictJson,
  baseline: StrictJson | undefined,
  { format, better }: Pick<TableColumn, 'format' | 'better'>,
): Delta | undefined {
  if (typeof value !== 'number' || typeof baseline !== 'number') return undefined
  const difference = value - baseline
  if (!Number.isFinite(difference)) return undefined
  if (difference === 0) return { text: '= 0', isBetter: undefined }
  // Rounded, so that 0.3 and 0.1 do not differ by 0.19999999999999998.
  const size = formatInColumn(Number(Math.abs(difference).toPrecision(12)), format)
  const isMore = difference > 0
  return {
    text: isMore ? `▲ +${size}` : `▼ −${size}`,
    isBetter: better === undefined ? undefined : isMore === (better === 'higher'),
  }
}

/** The text of {@link toDelta}, of numbers that are written as usual. */
export function formatDelta(value: StrictJson, baseline: StrictJson | undefined): string | undefined {
  return toDelta(value, baseline, {})?.text
}
