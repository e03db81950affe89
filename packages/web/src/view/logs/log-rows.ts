/** A row of the output: a line, or how many lines are left out between two. */
export type LogRow =
  | { readonly kind: 'line'; readonly number: number }
  | { readonly kind: 'gap'; readonly lineCount: number }

/** The row of a line among rows of which some lines are left out, or of the next one that is there; undefined after all of them. */
export function rowOfLine(rows: readonly LogRow[], number: number): number | undefined {
  const row = rows.findIndex((one) => one.kind === 'line' && one.number >= number)
  return row < 0 ? undefined : row
}

/**
 * Found lines with some around each.
 *
 * @param numbers - Ascending.
 * @param lineCount - Lines that there are.
 */
export function rowsAround(numbers: readonly number[], context: number, lineCount: number): readonly LogRow[] {
  const rows: LogRow[] = []
  let next = 0
  for (const number of numbers) {
    const first = Math.max(next, number - context)
    // Without lines around them, gaps would be every second row.
    if (context > 0 && first > next) rows.push({ kind: 'gap', lineCount: first - next })
    const last = Math.min(number + context, lineCount - 1)
    for (let at = first; at <= last; at++) rows.push({ kind: 'line', number: at })
    next = Math.max(next, last + 1)
  }
  return rows
}
