import type { StrictJson } from '@lossline/protocol'
import { formatAgo, formatDateTime, formatDuration, formatNumber } from '../format.ts'
import type { ColumnKind } from './table-columns.ts'

/** A value as a cell writes it, and in full for whoever wants to know. */
export interface CellText {
  readonly text: string
  readonly title: string
}

const textLengthMax = 200

/** Missing values are a dash; NaN and infinities stay what they are. */
export function formatCell(value: StrictJson, kind: ColumnKind, nowMs: number): CellText {
  if (value === null || value === '') return { text: '–', title: '' }
  if (typeof value === 'number') {
    if (kind === 'time') return { text: formatAgo(value, nowMs), title: formatDateTime(value) }
    if (kind === 'duration') return { text: formatDuration(value), title: `${value} s` }
    return { text: formatNumber(value), title: String(value) }
  }
  const whole = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return { text: whole.slice(0, textLengthMax), title: whole }
}

/** How a number differs from the baseline's: `▲ +0.02`; undefined where there is nothing to compare. */
export function formatDelta(value: StrictJson, baseline: StrictJson | undefined): string | undefined {
  if (typeof value !== 'number' || typeof baseline !== 'number') return undefined
  const difference = value - baseline
  if (!Number.isFinite(difference)) return undefined
  if (difference === 0) return '= 0'
  return difference > 0 ? `▲ +${formatNumber(difference)}` : `▼ ${formatNumber(difference)}`
}
