import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { isProcessAlive } from '../start/server-file.ts'

const processFileSchema = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  startedAtMs: z.number(),
})

/** Whether the process that writes a run folder still runs; `unknown` for another machine's, or without `process.json`. */
export type Liveness = 'alive' | 'gone' | 'unknown'

/** Clock ticks a second in `/proc`, the same on every Linux that Node runs on. */
const ticksPerSecond = 100
/** `process.json` is written a little after the process starts, and the two clocks are rounded differently. */
const startToleranceMs = 10_000

export function runProcessLiveness(runDirectory: string): Liveness {
  let file: z.infer<typeof processFileSchema> | undefined
  try {
    file = processFileSchema.safeParse(JSON.parse(readFileSync(join(runDirectory, 'process.json'), 'utf8'))).data
  } catch {
    return 'unknown'
  }
  if (file === undefined || file.host !== hostname()) return 'unknown'
  if (!isProcessAlive(file.pid)) return 'gone'
  // Process ids come round again: one that started after the run is another program's.
  const startedAtMs = processStartMs(file.pid)
  return startedAtMs !== undefined && startedAtMs > file.startedAtMs + startToleranceMs ? 'gone' : 'alive'
}

/** When a process started, from Linux's `/proc`; undefined elsewhere. */
function processStartMs(pid: number): number | undefined {
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
