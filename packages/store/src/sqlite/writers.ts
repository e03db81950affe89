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

/** How many lines of a stream all writers with names have brought. */
export function readWriterCounts(connection: Connection, run: number, streamId: number): number {
  const found = connection.get<{ count: number }>(
    'SELECT coalesce(sum(line_count), 0) AS count FROM writer WHERE run = ? AND stream = ?',
    run,
    streamId,
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
 * Finds the places of a writer's console lines among the lines of its run; new lines go behind all that there are. A line
 * that somebody without a name has brought already, as another client does that sends the same journal, keeps its place.
 * Within a transaction.
 *
 * @param first - Number of the first line, as the writer counts.
 * @param lineCount - Lines of the run so far.
 * @returns The number of each line in the run.
 */
export function placeLines(
  connection: Connection,
  run: number,
  writer: string,
  { first, lines, lineCount }: { first: number; lines: readonly string[]; lineCount: number },
): number[] {
  const count = lines.length
  const ranges = connection.all<LineRange>(
    'SELECT first, count, number FROM line_range WHERE run = ? AND writer = ? AND first + count >= ? AND first < ? ORDER BY first',
    run,
    writer,
    first,
    first + count,
  )
  const numbers: number[] = []
  const hasUnnamed = lineCount > readNamedLineCount(connection, run)
  let takeUnnamed: ((text: string) => number | undefined) | undefined
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
    if (hasUnnamed) takeUnnamed ??= openUnnamedLines(connection, run)
    const copied = takeUnnamed?.(lines[line - first]!)
    const number = copied ?? nextNumber
    const isNext =
      before !== undefined && before.first + before.count === line && before.number + before.count === number
    current = isNext ? { ...before, count: before.count + 1 } : { first: line, count: 1, number }
    connection.run(
      `INSERT INTO line_range (run, writer, first, count, number) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = excluded.count`,
      run,
      writer,
      current.first,
      current.count,
      current.number,
    )
    numbers.push(number)
    if (copied === undefined) nextNumber += 1
  }
  return numbers
}

function readNamedLineCount(connection: Connection, run: number): number {
  const found = connection.get<{ count: number }>(
    'SELECT coalesce(sum(count), 0) AS count FROM line_range WHERE run = ?',
    run,
  )
  return found?.count ?? 0
}

/** Two clients that read one line date it a little differently. */
const sameTimeMsMax = 5_000

const timePattern = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?/

/** Finds lines of nobody with a name by their text, each once. */
function openUnnamedLines(connection: Connection, run: number): (text: string) => number | undefined {
  const found = connection.all<{ number: number; text: string }>(
    `SELECT number, text FROM line WHERE run = ?1 AND NOT EXISTS (
       SELECT 1 FROM line_range AS other
       WHERE other.run = ?1 AND line.number >= other.number AND line.number < other.number + other.count
     ) ORDER BY number`,
    run,
  )
  const byText = new Map<string, { number: number; timeMs: number }[]>()
  for (const { number, text } of found) {
    const { rest, timeMs } = splitTime(text)
    const same = byText.get(rest)
    if (same === undefined) byText.set(rest, [{ number, timeMs }])
    else same.push({ number, timeMs })
  }
  return (text) => {
    const { rest, timeMs } = splitTime(text)
    const same = byText.get(rest)
    const index = same?.findIndex((line) => Math.abs(line.timeMs - timeMs) <= sameTimeMsMax) ?? -1
    return index < 0 ? undefined : same?.splice(index, 1)[0]?.number
  }
}

function splitTime(text: string): { rest: string; timeMs: number } {
  const time = timePattern.exec(text)?.[0]
  return time === undefined
    ? { rest: text, timeMs: Number.NaN }
    : { rest: text.replace(time, ''), timeMs: Date.parse(`${time}Z`) }
}
