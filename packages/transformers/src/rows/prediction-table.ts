import { type MediaValue, Table } from '@lossline/core'
import type { RunLike } from '@lossline/core/adapter'
import type { ReportProblem } from '../problems.ts'
import { createRowSampler, type RowSamplerOptions, type SampleSlot } from '../sampling/row-sampler.ts'
import type { Cells } from './row-part.ts'

// Rows stay in memory until the run ends.
const mediaBytesMax = 64 * 2 ** 20

/** A row that is kept. */
export interface TableEntry {
  readonly cells: Cells
  /** Size of its images and sounds, decoded. */
  readonly mediaBytes: number
}

/** The table of one pipeline in one run. */
export interface PredictionTable {
  /** Decides whether the next input becomes a row. */
  next(): SampleSlot<TableEntry> | undefined
  add(slot: SampleSlot<TableEntry>, entry: TableEntry): void
  /** Logs the table if there are rows that were not logged yet. */
  flush(): void
}

/** Where a table is logged. */
export interface PredictionTableOptions extends RowSamplerOptions {
  readonly run: RunLike
  readonly key: string
  readonly report: ReportProblem
}

/**
 * Makes a table that is logged as a whole: when it is full, and when it is flushed, which its report does ever more rarely. So a
 * reader finds all rows in the newest one, and what it costs to write them again does not grow with the number of calls.
 */
export function createPredictionTable(options: PredictionTableOptions): PredictionTable {
  const { run, key, report } = options
  const sampler = createRowSampler<TableEntry>(options)
  let rowCount = 0
  let flushedCount = 0
  const flush = (): void => {
    if (rowCount === flushedCount) return
    flushedCount = rowCount
    run.log({ [key]: toTable(sampler.rows().map(({ cells }) => cells)) })
  }
  return {
    next: sampler.next,
    flush,
    add(slot, entry) {
      const isTooLarge = entry.mediaBytes > 0 && mediaBytesOf(sampler.rows()) + entry.mediaBytes > mediaBytesMax
      if (isTooLarge) report(tooMuchMedia)
      slot.row = isTooLarge ? { cells: withoutMedia(entry.cells), mediaBytes: 0 } : entry
      rowCount += 1
      if (!options.reservoir && rowCount === options.maxRows) flush()
    },
  }
}

function mediaBytesOf(rows: readonly TableEntry[]): number {
  return rows.reduce((sum, { mediaBytes }) => sum + mediaBytes, 0)
}

function toTable(rows: readonly Cells[]): Table {
  try {
    return Table.fromObjects(rows)
  } catch {
    // Rows of the user's own making may hold values of several types in one column.
    return Table.fromObjects(rows, { allowMixedTypes: true })
  }
}

export function isMedia(cell: unknown): cell is MediaValue {
  return typeof cell === 'object' && cell !== null && 'toSnapshot' in cell
}

function withoutMedia(cells: Cells): Cells {
  return Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, isMedia(cell) ? null : cell]))
}

const tooMuchMedia = {
  code: 'transformers-media-limit',
  message: 'The table of a pipeline holds 64 MiB of images and sounds, so that rows after this one have none.',
  hint: 'Take fewer rows with maxRows or every, or make smaller images in toRow.',
} as const
