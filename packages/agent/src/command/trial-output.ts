import { closeSync, openSync, writeSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

/** What a program prints: all of it goes into a file, its lines to whoever listens. */
export interface TrialOutput {
  write(part: Buffer): void
  /** The last lines, for people. */
  readonly lastLines: readonly string[]
  close(): void
}

const keptLineCount = 10
const lineLengthMax = 2000

/**
 * @param onLine - Hears of each line, without control characters, which would draw over a terminal's other lines.
 */
export function openTrialOutput(path: string, onLine: (line: string) => void): TrialOutput {
  const file = openSync(path, 'a')
  const decoder = new TextDecoder()
  const lastLines: string[] = []
  let rest = ''
  let isOpen = true

  const tell = (line: string): void => {
    const clean = toPrintable(line)
    lastLines.push(clean)
    if (lastLines.length > keptLineCount) lastLines.shift()
    onLine(clean)
  }
  return {
    lastLines,
    write(part) {
      if (!isOpen) return
      writeSync(file, part)
      const lines = `${rest}${decoder.decode(part, { stream: true })}`.split(/\r?\n|\r/)
      rest = lines.pop() ?? ''
      // A program that never ends its line must not fill the memory.
      if (rest.length > lineLengthMax) lines.push(rest)
      if (rest.length > lineLengthMax) rest = ''
      for (const line of lines) if (line !== '') tell(line)
    },
    close() {
      if (!isOpen) return
      isOpen = false
      if (rest !== '') tell(rest)
      closeSync(file)
    },
  }
}

function toPrintable(line: string): string {
  const text = stripVTControlCharacters(line).replace(/(?!\t)\p{Cc}/gu, '\ufffd')
  return text.length > lineLengthMax ? `${text.slice(0, lineLengthMax - 1)}…` : text
}
