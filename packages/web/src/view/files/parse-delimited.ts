/**
 * Rows of a text with separated values, as RFC 4180 has them: fields in quotes may hold separators, line ends and doubled quotes.
 * Line ends are LF or CRLF; an empty last line is none.
 */
export function parseDelimited(text: string, separator: ',' | '\t'): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const field = text[at] === '"' ? quotedAt(text, at, separator) : plainAt(text, at, separator)
    row.push(field.value)
    at = field.end
    if (text[at] === separator) {
      at++
      // A separator at the very end has an empty field behind it.
      if (at === text.length) row.push('')
      continue
    }
    at += text.startsWith('\r\n', at) ? 2 : 1
    rows.push(row)
    row = []
  }
  if (row.length > 0) rows.push(row)
  return rows
}

interface Field {
  readonly value: string
  /** Of the separator or line end behind it. */
  readonly end: number
}

function plainAt(text: string, start: number, separator: string): Field {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && !text.startsWith('\r\n', end)) end++
  return { value: text.slice(start, end), end }
}

function quotedAt(text: string, start: number, separator: string): Field {
  let value = ''
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    // A quote that is never closed holds the rest.
    if (quote < 0) return { value: value + text.slice(from), end: text.length }
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') {
      // What stands behind the quotes belongs to the field all the same.
      const rest = plainAt(text, quote + 1, separator)
      return { value: value + rest.value, end: rest.end }
    }
    value += '"'
    from = quote + 2
  }
}
