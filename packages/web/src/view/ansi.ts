/** A piece of a console line in one style. */
export interface AnsiSpan {
  readonly text: string
  /** Index of the 16 terminal colours, or undefined for the default. */
  readonly color: number | undefined
  readonly isBold: boolean
}

/** Colours (the one group), cursor movements, titles, and the rest of the escape sequences of ECMA-48. */
const escapes = new RegExp(
  ['\\[([0-9;]*)m', '\\[[0-9;?]*[A-Za-ln-z]', '\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)', '[@-Z\\\\-_]']
    .map((sequence) => `\\x1b${sequence}`)
    .join('|'),
  'g',
)

/** Splits a console line at its colours; other terminal commands are dropped. */
export function parseAnsi(line: string): readonly AnsiSpan[] {
  if (!line.includes('\u001b')) return [{ text: line, color: undefined, isBold: false }]
  const spans: AnsiSpan[] = []
  let style: Omit<AnsiSpan, 'text'> = { color: undefined, isBold: false }
  let at = 0
  for (const match of line.matchAll(escapes)) {
    if (match.index > at) spans.push({ text: line.slice(at, match.index), ...style })
    at = match.index + match[0].length
    if (match[1] !== undefined) style = applyCodes(style, match[1])
  }
  if (at < line.length) spans.push({ text: line.slice(at), ...style })
  return spans
}

function applyCodes(style: Omit<AnsiSpan, 'text'>, text: string): Omit<AnsiSpan, 'text'> {
  const codes = text === '' ? [0] : text.split(';').map(Number)
  let { color, isBold } = style
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code === 0) [color, isBold] = [undefined, false]
    else if (code === 1) isBold = true
    else if (code === 22) isBold = false
    else if (code >= 30 && code <= 37) color = code - 30
    else if (code >= 90 && code <= 97) color = code - 82
    else if (code === 39) color = undefined
    // 38 and 48 take further numbers, which must not be read as codes of their own.
    else if (code === 38 || code === 48) i += codes[i + 1] === 5 ? 2 : 4
  }
  return { color, isBold }
}
