import { type LogLine, stripAnsi } from '@lossline/protocol'
import { formatCount } from '../text/format.ts'
import { settleLine } from './line-text.ts'
import type { LogRow } from './log-rows.ts'

/** More is a file: nobody pastes it. */
export const copiedLinesMax = 50_000
/** Lines that the server gives at a time. */
const partCount = 10_000

/** What is copied: the rows that are shown of so many lines. */
export interface CopiedLines {
  /** Undefined: every line is a row. */
  readonly rows: readonly LogRow[] | undefined
  readonly lineCount: number
  /** As of {@link settleLine}. */
  readonly isRaw: boolean
  /** Lines that are here already. */
  readonly known: Iterable<LogLine>
}

/**
 * The text of all lines that are shown, on screen or not, without colours.
 *
 * @param fetchLines - Gives lines from a number on.
 * @throws Error where there are more than {@link copiedLinesMax}.
 */
export async function textOfLines(
  { rows, lineCount, isRaw, known }: CopiedLines,
  fetchLines: (part: { readonly from: number; readonly limit: number }) => Promise<readonly LogLine[]>,
): Promise<string> {
  const count = rows?.length ?? lineCount
  if (count > copiedLinesMax) {
    throw new Error(
      `${formatCount(count, 'line')} are too many to copy; ${formatCount(copiedLinesMax, 'line')} can be. Download them instead.`,
    )
  }
  const numbers = rows
    ? rows.flatMap((row) => (row.kind === 'line' ? [row.number] : []))
    : Array.from({ length: lineCount }, (_, number) => number)
  const texts = new Map<number, string>()
  const add = (line: LogLine): void => void texts.set(line.number, stripAnsi(settleLine(line.text, isRaw)))
  for (const line of known) add(line)
  let next = 0
  for (const number of numbers) {
    if (number < next || texts.has(number)) continue
    next = number + partCount
    for (const line of await fetchLines({ from: number, limit: partCount })) add(line)
  }
  return numbers.map((number) => `${texts.get(number) ?? ''}\n`).join('')
}
