/** A piece of a console line in one style. */
export interface AnsiSpan {
  readonly text: string
  /** Index of the 16 terminal colours, or undefined for the default. */
  readonly color: number | undefined
  /** Likewise of what is behind the text. */
  readonly background: number | undefined
  readonly isBold: boolean
  readonly isItalic: boolean
  readonly isUnderlined: boolean
}

type Style = Omit<AnsiSpan, 'text'>

const plain: Style = {
  color: undefined,
  background: undefined,
  isBold: false,
  isItalic: false,
  isUnderlined: false,
}

/** Colours (the one group), cursor movements, titles, and the rest of the escape sequences of ECMA-48. */
const escapes = new RegExp(
  ['\\[([0-9;]*)m', '\\[[0-9;?]*[A-Za-ln-z]', '\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)', '[@-Z\\\\-_]']
    .map((sequence) => `\\x1b${sequence}`)
    .join('|'),
  'g',
)

/** A console line without colours and other terminal commands. */
export function stripAnsi(line: string): string {
  return line.includes('\u001b') ? line.replace(escapes, '') : line
}

/** Splits a console line at its colours; other terminal commands are dropped. */
export function parseAnsi(line: string): readonly AnsiSpan[] {
  if (!line.includes('\u001b')) return [{ text: line, ...plain }]
  const spans: AnsiSpan[] = []
  let style = plain
  let at = 0
  for (const match of line.matchAll(escapes)) {
    if (match.index > at) spans.push({ text: line.slice(at, match.index), ...style })
    at = match.index + match[0].length
    if (match[1] !== undefined) style = applyCodes(style, match[1])
  }
  if (at < line.length) spans.push({ text: line.slice(at), ...style })
  return spans
}

function applyCodes(before: Style, text: string): Style {
  const codes = text === '' ? [0] : text.split(';').map(Number)
  let style = before
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code !== 38 && code !== 48) {
      style = { ...style, ...changeOf(code) }
      continue
    }
    // These two take further numbers, which must not be read as codes of their own.
    const color = readColor(codes.slice(i + 1, i + 5))
    if (color !== undefined) style = code === 38 ? { ...style, color } : { ...style, background: color }
    i += codes[i + 1] === 5 ? 2 : 4
  }
  return style
}

function changeOf(code: number): Partial<Style> {
  if (code === 0) return plain
  if (code === 1) return { isBold: true }
  if (code === 22) return { isBold: false }
  if (code === 3 || code === 23) return { isItalic: code === 3 }
  if (code === 4 || code === 24) return { isUnderlined: code === 4 }
  if (code >= 30 && code <= 37) return { color: code - 30 }
  if (code >= 90 && code <= 97) return { color: code - 82 }
  if (code === 39) return { color: undefined }
  if (code >= 40 && code <= 47) return { background: code - 40 }
  if (code >= 100 && code <= 107) return { background: code - 92 }
  if (code === 49) return { background: undefined }
  return {}
}

/** One of 256 colours (`5;n`) or of all (`2;red;green;blue`) as the nearest of the 16. */
function readColor([kind, ...numbers]: readonly number[]): number | undefined {
  const [first = Number.NaN] = numbers
  if (kind === 2) return nearest(numbers)
  if (kind !== 5 || !(first >= 0 && first <= 255)) return undefined
  if (first < 16) return first
  if (first >= 232) return nearest(Array.from({ length: 3 }, () => 8 + 10 * (first - 232)))
  const cube = first - 16
  return nearest([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((level) => level && 55 + 40 * level))
}

/** What xterm has for the 16 colours: red, green and blue, 0 to 255. */
const sixteen = [
  ...[0, 1, 2, 3, 4, 5, 6].map((bits) => [bits & 1, (bits >> 1) & 1, bits >> 2].map((bit) => bit * 205)),
  [229, 229, 229],
  [127, 127, 127],
  ...[1, 2, 3, 4, 5, 6, 7].map((bits) => [bits & 1, (bits >> 1) & 1, bits >> 2].map((bit) => bit * 255)),
]

function nearest(wanted: readonly number[]): number | undefined {
  if (wanted.length < 3 || wanted.some(Number.isNaN)) return undefined
  const distances = sixteen.map((one) => one.reduce((sum, part, i) => sum + (part - (wanted[i] as number)) ** 2, 0))
  return distances.indexOf(Math.min(...distances))
}
