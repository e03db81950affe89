/** A line of console output as it now looks. */
export interface TerminalLine {
  /** Its number among the lines of all streams, from 0. */
  readonly number: number
  text: string
  /** Time of the first character, Unix seconds. */
  readonly timeSeconds: number
}

/** What a terminal would show of one stream, line by line. */
export interface TerminalLines {
  /** Takes raw text, cut anywhere; tells each line that it changes. */
  write(text: string, timeSeconds: number): void
}

// How far up the cursor can go, and how long a line can be; W&B's own uploader has the same limits.
const windowLength = 32
const lineLengthMax = 4096

// A control sequence, an operating system command, another escape, or one control character.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const control = /\x1b\[([0-9;?]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[^[\]]|[\x00-\x1f\x7f]/y
// The beginning of an escape sequence at the end of a text: the rest comes with the next.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const unfinished = /\x1b(?:\[[0-9;?]*|\][^\x07\x1b]*\x1b?)?$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const printable = /[^\x00-\x1f\x7f]+/y

/**
 * Makes a small terminal: carriage returns, backspaces, cursor moves and erasing do what they do on a screen, colours
 * vanish. Columns are UTF-16 units.
 *
 * @param takeNumber - Gives the next line's number; streams that share a log share it.
 */
export function createTerminalLines(takeNumber: () => number, onChange: (line: TerminalLine) => void): TerminalLines {
  /** The last rows; a row that nothing was written to has no line. */
  const rows: (TerminalLine | undefined)[] = [undefined]
  let row = 0
  let column = 0
  let carried = ''

  function currentLine(timeSeconds: number): TerminalLine {
    const line = rows[row] ?? { number: takeNumber(), text: '', timeSeconds }
    rows[row] = line
    return line
  }

  function put(text: string, timeSeconds: number): void {
    const line = currentLine(timeSeconds)
    const before = line.text.length < column ? line.text.padEnd(column) : line.text.slice(0, column)
    line.text = (before + text + line.text.slice(column + text.length)).slice(0, lineLengthMax)
    column += text.length
    onChange(line)
  }

  function newLine(timeSeconds: number): void {
    if (rows[row] === undefined) onChange(currentLine(timeSeconds))
    moveDown(1)
    column = 0
  }

  function moveDown(count: number): void {
    row += count
    while (rows.length <= row) rows.push(undefined)
    const excess = rows.length - windowLength
    if (excess > 0) {
      rows.splice(0, excess)
      row -= excess
    }
  }

  function erase(from: number, to: number): void {
    const line = rows[row]
    if (line === undefined) return
    line.text = (line.text.slice(0, from) + ' '.repeat(Math.max(0, to - from)) + line.text.slice(to)).trimEnd()
    onChange(line)
  }

  function applySequence(parameters: string, command: string): void {
    const [first = ''] = parameters.split(';')
    const count = Math.min(Math.max(1, Number.parseInt(first, 10) || 1), lineLengthMax)
    if (command === 'A') row = Math.max(0, row - count)
    else if (command === 'B') moveDown(Math.min(count, windowLength))
    else if (command === 'C') column += count
    else if (command === 'D') column = Math.max(0, column - count)
    else if (command === 'G') column = count - 1
    else if (command === 'K') {
      const length = rows[row]?.text.length ?? 0
      if (first === '1') erase(0, Math.min(column + 1, length))
      else if (first === '2') erase(0, length)
      else erase(column, length)
    }
  }

  function applyControl(match: RegExpExecArray, timeSeconds: number): void {
    const [sequence, parameters, command] = match
    if (command !== undefined) applySequence(parameters ?? '', command)
    else if (sequence === '\n') newLine(timeSeconds)
    else if (sequence === '\r') column = 0
    else if (sequence === '\b') column = Math.max(0, column - 1)
    else if (sequence === '\t') put(' '.repeat(8 - (column % 8)), timeSeconds)
  }

  return {
    write(raw, timeSeconds) {
      let text = carried + raw
      const cut = unfinished.exec(text)
      // An escape that never ends is not waited for.
      carried = cut !== null && cut[0].length < 256 ? cut[0] : ''
      text = text.slice(0, text.length - carried.length)
      let index = 0
      while (index < text.length) {
        printable.lastIndex = index
        const plain = printable.exec(text)
        if (plain !== null) {
          put(plain[0], timeSeconds)
          index = printable.lastIndex
          continue
        }
        control.lastIndex = index
        const match = control.exec(text)
        if (match !== null) applyControl(match, timeSeconds)
        index = match === null ? index + 1 : control.lastIndex
      }
    },
  }
}
