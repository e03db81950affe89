import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { processStartMs } from '../start/process-start.ts'
import { isProcessAlive } from '../start/server-file.ts'

const processFileSchema = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  startedAtMs: z.number(),
})

/** Whether the process that writes a run folder still runs; `unknown` for another machine's, or without `process.json`. */
export type Liveness = 'alive' | 'gone' | 'unknown'

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
