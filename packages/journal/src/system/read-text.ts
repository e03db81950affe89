import { readFileSync } from 'node:fs'

/** Text of a small file that the kernel makes up, or `undefined`. Never waits for a disk. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return undefined
  }
}
