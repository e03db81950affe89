import { readFileSync, rmSync, statSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isProcessAlive, processStartMs } from '@lossline/journal'
import { z } from 'zod'

/** Name of the file by which other programs find the server of a data directory. */
export const serverFileName = 'server.json'

const serverFileSchema = z.object({
  url: z.string(),
  pid: z.number().int().positive(),
  version: z.string(),
  isTemporary: z.boolean().default(false),
  token: z.string().optional(),
})

/** The file is written a while after its process starts, and the two clocks are rounded differently. */
const startToleranceMs = 10_000

/** What `server.json` says. */
export interface ServerFile {
  readonly url: string
  readonly pid: number
  readonly version: string
  /** A server that a program started because it needed answers. It has no page, and makes room for another server. */
  readonly isTemporary: boolean
  /** Lets in whoever can read the file: the owner of the data directory. */
  readonly token?: string | undefined
}

/** The server of a data directory, if its file is there and its process still runs. */
export function findRunningServer(dataDirectory: string): ServerFile | undefined {
  const path = join(dataDirectory, serverFileName)
  let parsed: z.infer<typeof serverFileSchema> | undefined
  let writtenAtMs = 0
  try {
    parsed = serverFileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
    writtenAtMs = statSync(path).mtimeMs
  } catch {
    return undefined
  }
  if (parsed === undefined || !isProcessAlive(parsed.pid)) return undefined
  // Process ids come round again: one that started after the file was written is another program's.
  const startedAtMs = processStartMs(parsed.pid)
  return startedAtMs !== undefined && startedAtMs > writtenAtMs + startToleranceMs ? undefined : parsed
}

/** Complete or not there at all: written under another name first. */
export async function writeServerFile(dataDirectory: string, file: ServerFile): Promise<void> {
  const path = join(dataDirectory, serverFileName)
  const temporaryPath = `${path}.${process.pid}.tmp`
  await writeFile(temporaryPath, `${JSON.stringify(file)}\n`, { mode: 0o600 })
  await rename(temporaryPath, path)
}

/** Removes the file if it names this server. */
export function removeServerFile(dataDirectory: string, { url, pid }: Pick<ServerFile, 'url' | 'pid'>): void {
  const running = findRunningServer(dataDirectory)
  if (running?.pid === pid && running.url === url) rmSync(join(dataDirectory, serverFileName), { force: true })
}
