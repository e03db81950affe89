import { readFileSync, rmSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Name of the file by which other programs find the server of a data directory. */
export const serverFileName = 'server.json'

const serverFileSchema = z.object({ url: z.string(), pid: z.number().int().positive(), version: z.string() })

/** What `server.json` says. */
export interface ServerFile {
  readonly url: string
  readonly pid: number
  readonly version: string
}

/** The server of a data directory, if its file is there and its process still runs. */
export function findRunningServer(dataDirectory: string): ServerFile | undefined {
  let parsed: z.infer<typeof serverFileSchema> | undefined
  try {
    parsed = serverFileSchema.safeParse(JSON.parse(readFileSync(join(dataDirectory, serverFileName), 'utf8'))).data
  } catch {
    return undefined
  }
  return parsed !== undefined && isProcessAlive(parsed.pid) ? parsed : undefined
}

/** Complete or not there at all: written under another name first. */
export async function writeServerFile(dataDirectory: string, file: ServerFile): Promise<void> {
  const path = join(dataDirectory, serverFileName)
  const temporaryPath = `${path}.${process.pid}.tmp`
  await writeFile(temporaryPath, `${JSON.stringify(file)}\n`)
  await rename(temporaryPath, path)
}

/** Removes the file if it is this process's. */
export function removeServerFile(dataDirectory: string): void {
  if (findRunningServer(dataDirectory)?.pid === process.pid) {
    rmSync(join(dataDirectory, serverFileName), { force: true })
  }
}

/** True if a process with this id exists on this machine, whoever owns it. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
