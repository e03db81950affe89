import type { Connection } from './connection.ts'

/** How many lines of a stream one writer of a run has brought. */
export function readWriterCount(connection: Connection, run: number, streamId: number, writer: string): number {
  const found = connection.get<{ count: number }>(
    'SELECT line_count AS count FROM writer WHERE run = ? AND stream = ? AND name = ?',
    run,
    streamId,
    writer,
  )
  return found?.count ?? 0
}

/** Within a transaction. */
export function putWriterCount(
  connection: Connection,
  run: number,
  streamId: number,
  writer: string,
  count: number,
): void {
  connection.run(
    `INSERT INTO writer (run, stream, name, line_count) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET line_count = excluded.line_count`,
    run,
    streamId,
    writer,
    count,
  )
}

interface LineRange {
  readonly first: number
  readonly count: number
  readonly number: number
}

/**
 * Finds the places of a writer's console lines among the lines of its run; new lines go behind all that there are. Within a
 * transaction.
 *
 * @param first - Number of the first line, as the writer counts.
 * @param lineCount - Lines of the run so far.
 * @returns The number of each line in the run.
 */
export function placeLines(
  connection: Connection,
  run: number,
  writer: string,
  { first, count, lineCount }: { first: number; count: number; lineCount: number },
): number[] {
  const ranges = connection.all<LineRange>(
    'SELECT first, count, number FROM line_range WHERE run = ? AND writer = ? AND first + count >= ? AND first < ? ORDER BY first',
    run,
    writer,
    first,
    first + count,
  )
  const numbers: number[] = []
  let nextNumber = lineCount
  let current: LineRange | undefined
  for (let line = first; line < first + count; line++) {
    const known = ranges.find((range) => line >= range.first && line < range.first + range.count)
    if (known !== undefined) {
      numbers.push(known.number + line - known.first)
      continue
    }
    const before: LineRange | undefined = current ?? ranges.find((range) => range.first + range.count === line)
    // The ranges of one writer grow while no other writer comes in between.
    const isNext =
      before !== undefined && before.first + before.count === line && before.number + before.count === nextNumber
    current = isNext ? { ...before, count: before.count + 1 } : { first: line, count: 1, number: nextNumber }
    connection.run(
      `INSERT INTO line_range (run, writer, first, count, number) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = excluded.count`,
      run,
      writer,
      current.first,
      current.count,
      current.number,
    )
    numbers.push(nextNumber)
    nextNumber += 1
  }
  return numbers
}
