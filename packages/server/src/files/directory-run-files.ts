import { createHash } from 'node:crypto'
import { appendFile, mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { createKeyedQueue } from '../domain/keyed-queue.ts'
import { byName, describeRunFile, type RunFile, type RunFiles } from '../domain/run-files.ts'

const entrySchema = z.object({
  name: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.number(),
  md5: z.string(),
  updatedAtMs: z.number(),
})
type Entry = z.infer<typeof entrySchema>

/**
 * Keeps run files in a data directory: contents once each in `blobs/sha256/ab/cdef…`, and for each run a list
 * `run-files/<storage id>.jsonl` to which every upload adds a line; the last one of a name counts. Names never become paths.
 */
export function createDirectoryRunFiles(dataDirectory: string, clock: Clock): RunFiles {
  const turns = createKeyedQueue()
  const blobPath = (sha256: string): string =>
    join(dataDirectory, 'blobs', 'sha256', sha256.slice(0, 2), sha256.slice(2))
  const listPath = (run: number): string => join(dataDirectory, 'run-files', `${run}.jsonl`)

  const entries = async (run: number): Promise<Map<string, Entry>> => {
    const text = await readFile(listPath(run), 'utf8').catch(ignoreMissing)
    const found = new Map<string, Entry>()
    for (const line of (text ?? '').split('\n')) {
      const entry = parseEntry(line)
      if (entry !== undefined) found.set(entry.name, entry)
    }
    return found
  }

  return {
    put: (run, name, content) =>
      turns.run(String(run), async () => {
        const sha256 = createHash('sha256').update(content).digest('hex')
        await writeBlob(blobPath(sha256), content)
        const file = describeRunFile(name, content, clock.now())
        await mkdir(dirname(listPath(run)), { recursive: true })
        await appendFile(listPath(run), `${JSON.stringify({ ...file, sha256 } satisfies Entry)}\n`, { flush: true })
        return file
      }),
    find: async (run, name) => toRunFile((await entries(run)).get(name)),
    list: async (run) => [...(await entries(run)).values()].map((entry) => toRunFile(entry)!).sort(byName),
    read: async (run, name) => {
      const entry = (await entries(run)).get(name)
      return entry && (await readFile(blobPath(entry.sha256)).catch(ignoreMissing))
    },
  }
}

/** Complete under its name or not there: a crash leaves at most a temporary file. */
async function writeBlob(path: string, content: Uint8Array): Promise<void> {
  const existing = await stat(path).catch(ignoreMissing)
  if (existing?.size === content.byteLength) return
  await mkdir(dirname(path), { recursive: true })
  const temporaryPath = `${path}.${process.pid}.tmp`
  const file = await open(temporaryPath, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporaryPath, path)
}

/** A line that a crash cut short counts as not written. */
function parseEntry(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

function toRunFile(entry: Entry | undefined): RunFile | undefined {
  if (entry === undefined) return undefined
  const { sha256: _, ...file } = entry
  return file
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
