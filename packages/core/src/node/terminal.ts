import { writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import type { Terminal } from '../platform.ts'
import { readEnvironment } from './environment.ts'

// Not through process.stderr: that may be captured, and a closed pipe there would end the program.
const standardError = 2
// The beginning of the line, and everything up to its end removed.
const clearLine = '\r\u001b[2K'
const columnsDefault = 80

let isLineDrawn = false

/** Prints a line, after taking away one that {@link Terminal.redraw} has drawn. Never throws. */
export function printLine(line: string): void {
  write(`${isLineDrawn ? clearLine : ''}${line}\n`)
  isLineDrawn = false
}

/** The terminal behind standard error, if it is one that can redraw a line. */
export function openTerminal(): Terminal | undefined {
  if (!isatty(standardError) || readEnvironment().TERM === 'dumb') return undefined
  return {
    get columns() {
      return process.stderr.columns || columnsDefault
    },
    redraw(line) {
      if (line === '' && !isLineDrawn) return
      write(`${clearLine}${line}`)
      isLineDrawn = line !== ''
    },
  }
}

function write(text: string): void {
  try {
    writeSync(standardError, text)
  } catch {
    // Nobody listens.
  }
}
