import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Whether the process that writes a run folder still runs; `unknown` for another machine's, or without `process.json`. */
export type Liveness = 'alive' | 'gone' | 'unknown'

interface ProcessFile {
  readonly pid: number
  readonly host: string
  readonly startedAtMs: number
}

/** Clock ticks a second in `/proc`, the same on every Linux that Node runs on. */
const ticksPerSecond = 100
/** `process.json` is written a little after the process starts, and the two clocks are rounded differently. */
const startToleranceMs = 10_000

/** Looks whether the process of a run folder is there. */
export function runProcessLiveness(runDirectory: string): Liveness {
  const file = readProcessFile(runDirectory)
  if (file === undefined || file.host !== hostname()) return 'unknown'
  return isProcessStillAlive(file.pid, file.startedAtMs) ? 'alive' : 'gone'
}

/**
 * Whether a process is there that was there at a time. Process ids come round again: one that started later is another
 * program's.
 *
 * @param atMs - Unix milliseconds.
 */
export function isProcessStillAlive(pid: number, atMs: number): boolean {
  if (!isProcessAlive(pid)) return false
  const startedAtMs = processStartMs(pid)
  return startedAtMs === undefined || startedAtMs <= atMs + startToleranceMs
}

function readProcessFile(runDirectory: string): ProcessFile | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(runDirectory, 'process.json'), 'utf8'))
    return isProcessFile(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isProcessFile(value: unknown): value is ProcessFile {
  if (typeof value !== 'object' || value === null) return false
  // Members of an object of unknown shape; each is looked at below.
  const { pid, host, startedAtMs } = value as Partial<Record<keyof ProcessFile, unknown>>
  return Number.isSafeInteger(pid) && (pid as number) > 0 && typeof host === 'string' && typeof startedAtMs === 'number'
}

/** Whether there is a process of this id. One that has ended is none, also where nobody has asked for its exit code yet. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return statFields(pid)?.[0] !== 'Z'
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** When a process started, Unix milliseconds, from Linux's `/proc`; undefined elsewhere. */
export function processStartMs(pid: number): number | undefined {
  try {
    const ticks = Number(statFields(pid)?.[19])
    const bootSeconds = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1])
    const startMs = (bootSeconds + ticks / ticksPerSecond) * 1000
    return Number.isFinite(startMs) ? startMs : undefined
  } catch {
    return undefined
  }
}

/** What Linux says of a process, from the third field on, its state; the start time is the 22nd. */
function statFields(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
