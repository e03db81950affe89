import type { SingleValue } from '../chart/single-values.ts'

/** Runs that a table of values has columns for; more do not fit beside each other. */
export const comparedRunsMax = 8

const rowHeight = 28
const nameWidth = 200
const runWidth = 190
// Border, padding above, and below the space to the next row of the page.
const frameHeight = 20

/** Width in CSS pixels of a table with a column for each run. */
export function blockWidth(runCount: number): number {
  return nameWidth + runWidth * Math.max(1, Math.min(runCount, comparedRunsMax))
}

/** Parts of a list that stand beside each other, as many as fit into a width. */
export function toBlocks(
  values: readonly SingleValue[],
  runCount: number,
  width: number,
): readonly (readonly SingleValue[])[] {
  const fitting = Math.floor(width / blockWidth(runCount))
  const blockCount = Math.max(1, Math.min(fitting, Math.ceil(values.length / 4)))
  const length = Math.ceil(values.length / blockCount)
  return Array.from({ length: Math.ceil(values.length / length) }, (_, block) =>
    values.slice(block * length, (block + 1) * length),
  )
}

/** Height of the table in CSS pixels, with what is between it and what follows. */
export function valuesHeight(blocks: readonly (readonly SingleValue[])[], runCount: number): number {
  const note = runCount > comparedRunsMax ? 20 : 0
  return (1 + (blocks[0]?.length ?? 0)) * rowHeight + frameHeight + note
}
