import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Name of the file in a run's folder by which its program learns that somebody wants it to end. */
const stopFileName = 'stop.json'

/** Says to the program of a run folder that it is to end. What cannot be written is not said. */
export async function writeStopRequest(runDirectory: string, nowMs: number): Promise<void> {
  const path = join(runDirectory, stopFileName)
  if (existsSync(path)) return
  await writeFile(path, `${JSON.stringify({ requestedAtMs: nowMs })}\n`).catch(() => {})
}

/** Whether somebody wants the program of a run folder to end. */
export function isStopWanted(runDirectory: string): boolean {
  return existsSync(join(runDirectory, stopFileName))
}
