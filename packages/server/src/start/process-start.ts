import { readFileSync } from 'node:fs'

/** Clock ticks a second in `/proc`, the same on every Linux that Node runs on. */
const ticksPerSecond = 100

/** When a process started, Unix milliseconds, from Linux's `/proc`; undefined elsewhere. */
export function processStartMs(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold anything; the start time is the 22nd.
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
    const bootSeconds = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1])
    const startMs = (bootSeconds + ticks / ticksPerSecond) * 1000
    return Number.isFinite(startMs) ? startMs : undefined
  } catch {
    return undefined
  }
}
