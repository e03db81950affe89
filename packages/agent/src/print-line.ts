import { writeSync } from 'node:fs'

/** Shows a line to the user, past any capture of the console. Never throws. */
export function printLine(line: string): void {
  try {
    writeSync(2, `${line}\n`)
  } catch {
    // Nobody listens.
  }
}
