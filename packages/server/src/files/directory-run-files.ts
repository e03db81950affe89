import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Blobs, parseBlobDigest } from '@lossline/store'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { createKeyedQueue } from '../domain/keyed-queue.ts'
import { byName, meterContent, type RunFile, type RunFiles } from '../domain/run-files.ts'
import { ignoreMissing } from './ignore-missing.ts'
import { ownerOnlyFolder } from './owner-only.ts'

const entrySchema = z.object({
  name: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  md5: z.string(),
  updatedAtMs: z.number(),
})
type Entry = z.infer<typeof entrySchema>

const removalSchema = z.object({ name: z.string(), isRemoved: z.literal(true) })
type Removal = z.infer<typeof removalSchema>

const lineSchema = z.union([removalSchema, entrySchema])

/**
 * Keeps run files in a data directory: contents among the given ones, and for each run a list `run-files/<storage id>.jsonl` to which
 * every upload and removal adds a line; the last one of a name counts.
 */
export function createDirectoryRunFiles(dataDirectory: string, blobs: Blobs, clock: Clock): RunFiles {
  const lists = join(dataDirectory, 'run-files')
  const turns = createKeyedQueue()

  const entries = async (run: number): Promise<ReadonlyMap<string, Entry>> => {
    const text = await readFile(join(lists, `${run}.jsonl`), 'utf8').catch(ignoreMissing)
    const found = new Map<string, Entry>()
    for (const line of (text ?? '').split('\n')) {
      const entry = parseLine(line)
      if (entry === undefined) continue
      if ('isRemoved' in entry) found.delete(entry.name)
      else found.set(entry.name, entry)
    }
    return found
  }

  const inTurn = <T>(run: number, task: () => Promise<T>): Promise<T> => turns.run(String(run), task)

  const append = async (run: number, entry: Entry | Removal): Promise<void> => {
    await mkdir(lists, { recursive: true, mode: ownerOnlyFolder })
    // A line of its own also behind one that a crash cut short.
    await appendFile(join(lists, `${run}.jsonl`), `\n${JSON.stringify(entry)}\n`, { flush: true })
  }

  return {
    async put(run, name, content) {
      const meter = meterContent(content)
      const { digest } = await blobs.put(meter.content)
      const file = meter.describe(name, clock.now())
      await inTurn(run, () => append(run, { ...file, sha256: digest }))
      return file
    },
    remove: (run, name) =>
      inTurn(run, async () => {
        if ((await entries(run)).has(name)) await append(run, { name, isRemoved: true })
      }),
    list: async (run) => [...(await entries(run)).values()].map(toRunFile).sort(byName),
    get: async (run, name) => {
      const entry = (await entries(run)).get(name)
      if (entry === undefined) return undefined
      const digest = parseBlobDigest(entry.sha256)
      return { file: toRunFile(entry), read: (range) => blobs.get(digest, range) }
    },
    forget: (run) => inTurn(run, () => rm(join(lists, `${run}.jsonl`), { force: true })),
    async *contents() {
      for (const name of (await readdir(lists).catch(ignoreMissing)) ?? []) {
        const run = /^(\d+)\.jsonl$/.exec(name)?.[1]
        if (run === undefined) continue
        const found = await entries(Number(run))
        yield { run: Number(run), digests: [...found.values()].map(({ sha256 }) => sha256) }
      }
    },
  }
}

/** A line that a crash cut short counts as not written. */
function parseLine(line: string): Entry | Removal | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

function toRunFile({ sha256: _, ...file }: Entry): RunFile {
  return file
}
