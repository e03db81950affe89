import { closeSync, openSync, writeSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

/** What a program prints: all of it goes into a file, its lines to whoever listens. */
export interface TrialOutput {
  write(part: Buffer): void
  close(): void
}

const lineLengthMax = 2000

/**
 * @param options.onLine - Hears of each line, without control characters, which would draw over a terminal's other lines.
 * @param options.warn - Hears that the file cannot be written to. The program goes on without.
 */
export function openTrialOutput(
  path: string,
  { onLine, warn }: { readonly onLine: (line: string) => void; readonly warn: (line: string) => void },
): TrialOutput {
  let file: number | undefined = openSync(path, 'a')
  const decoder = new TextDecoder()
  let rest = ''
  let isOpen = true

  const tell = (line: string): void => onLine(toPrintable(line))
  const tryWrite = (part: Buffer): void => {
    if (file === undefined) return
    try {
      writeSync(file, part)
    } catch (error) {
      file = undefined
      warn(`The output is no longer written to ${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return {
    write(part) {
      if (!isOpen) return
      tryWrite(part)
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
      if (file !== undefined) closeSync(file)
    },
  }
}

function toPrintable(line: string): string {
  const text = stripVTControlCharacters(line).replace(/(?!\t)\p{Cc}/gu, '\ufffd')
  return text.length > lineLengthMax ? `${text.slice(0, lineLengthMax - 1)}…` : text
}
