import type { Column } from '../store.ts'
import { type ChunkHead, readChunk, type SeriesAddress, type StepRange } from './chunks.ts'
import type { Connection } from './connection.ts'
import type { Tail } from './tails.ts'

/** A value of a key that is not always a number: a number, or the JSON text of anything else. */
export interface Cell {
  readonly step: number
  /** Line by which it arrived. */
  readonly line: number
  readonly value: number | string
}

/**
 * Everything that a key has had in the given chunks, rows and tails; one cell a step, the one that arrived last, steps
 * ascending. This is the slow and plain way, for the rare key that is not purely numeric.
 */
export function resolveCells(cells: readonly Cell[]): Cell[] {
  const ordered = cells.map((cell, index) => ({ cell, index }))
  ordered.sort((a, b) => a.cell.step - b.cell.step || a.cell.line - b.cell.line || a.index - b.index)
  return ordered.filter(({ cell }, index) => ordered[index + 1]?.cell.step !== cell.step).map(({ cell }) => cell)
}

/**
 * The cells of a key outside the tails: all points of the chunks, and of the others those in range. A chunk's points count as
 * its last line: see {@link ChunkHead.line_end}.
 */
export function readStoredCells(
  connection: Connection,
  at: SeriesAddress,
  heads: readonly ChunkHead[],
  range: StepRange = everyStep,
): Cell[] {
  const cells: Cell[] = readRowCells(connection, at, range)
  for (const head of [...heads].sort((a, b) => a.id - b.id)) {
    const { steps, values } = readChunk(connection, head)
    for (const [point, step] of steps.entries()) cells.push({ step, line: head.line_end - 1, value: values[point]! })
  }
  return cells
}

/** The cells of a key in table `row`: all in range that are not numbers and are compacted. */
export function readRowCells(connection: Connection, at: SeriesAddress, range: StepRange = everyStep): Cell[] {
  return connection.all<Cell>(
    'SELECT step, line, json AS value FROM row WHERE run = ? AND stream = ? AND key = ? AND step BETWEEN ? AND ?',
    at.run,
    at.streamId,
    at.keyId,
    range.fromStep,
    range.toStep,
  )
}

/** Where the cells of {@link readRowCells} are, without what is in them, which may be large. */
export function readRowSteps(connection: Connection, at: SeriesAddress): number[] {
  const rows = connection.all<{ step: number }>(
    'SELECT step FROM row WHERE run = ? AND stream = ? AND key = ?',
    at.run,
    at.streamId,
    at.keyId,
  )
  return rows.map(({ step }) => step)
}

const everyStep: StepRange = { fromStep: Number.NEGATIVE_INFINITY, toStep: Number.POSITIVE_INFINITY }

export function readTailCells(tails: readonly Tail[], keyId: number): Cell[] {
  return tails.flatMap(({ lineOffset, group }) => {
    const cells: Cell[] = []
    const column = group.numbers.find((one) => one.keyId === keyId)
    for (const [index, value] of (column?.values ?? []).entries()) {
      const row = column?.rowIndexes?.[index] ?? index
      cells.push({ step: group.steps[row]!, line: lineOffset + row, value })
    }
    for (const other of group.others) {
      if (other.keyId !== keyId) continue
      cells.push({ step: group.steps[other.rowIndex]!, line: lineOffset + other.rowIndex, value: other.json })
    }
    return cells
  })
}

/** The steps at which a number arrived last. */
export function numbersOf(cells: readonly Cell[]): Column {
  const numbers = cells.filter((cell): cell is Cell & { value: number } => typeof cell.value === 'number')
  return {
    steps: Float64Array.from(numbers, (cell) => cell.step),
    values: Float64Array.from(numbers, (cell) => cell.value),
  }
}
