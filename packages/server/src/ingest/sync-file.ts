import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** What `sync.json` of a run folder says of one server; written by the journal's sender. */
export interface SyncFileEntry {
  readonly journalOffset: number
  readonly isExitSent: boolean
  readonly entity: string
  readonly project: string
}

const entrySchema: z.ZodType<SyncFileEntry> = z.object({
  journalOffset: z.number(),
  isExitSent: z.boolean(),
  entity: z.string(),
  project: z.string(),
})
const syncFileSchema = z.object({ servers: z.record(z.string(), entrySchema) })

/** Undefined if nothing was sent there yet, or nobody can tell. */
export async function readSyncFile(runDirectory: string, baseUrl: string): Promise<SyncFileEntry | undefined> {
  try {
    const text = await readFile(join(runDirectory, 'sync.json'), 'utf8')
    return syncFileSchema.safeParse(JSON.parse(text)).data?.servers[baseUrl]
  } catch {
    return undefined
  }
}
