import { formatCount, formatNumber } from '../text/format.ts'
import type { RunSelection } from './run-selection.ts'

/** How many runs there may be instead of the first ten, besides all. */
export const moreRunCounts = [50, 200] as const

/** Fewer runs are drawn than there are. */
export interface RunCap {
  readonly drawnCount: number
  readonly total: number
}

/** Whether charts draw the first runs of a list alone, because nobody has chosen otherwise; undefined: they draw what they are to draw. */
export function runCapOf({ base }: RunSelection, drawnCount: number, total: number): RunCap | undefined {
  if (base.kind !== 'first' || drawnCount === 0 || drawnCount >= total) return undefined
  return base.count < total ? { drawnCount, total } : undefined
}

/** `Drawing 10 of 183 runs.` */
export function capText({ drawnCount, total }: RunCap): string {
  return `Drawing ${formatNumber(drawnCount)} of ${formatCount(total, 'run')}.`
}

/** What can be drawn instead; the last one is all. */
export function capChoices({ drawnCount, total }: RunCap): readonly (number | 'all')[] {
  return [...moreRunCounts.filter((count) => count > drawnCount && count < total), 'all']
}

/** Such a choice as which runs are drawn. */
export function baseOf(choice: number | 'all'): RunSelection['base'] {
  return choice === 'all' ? { kind: 'all' } : { kind: 'first', count: choice }
}
