import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { z } from 'zod'

/** Runs to look at, as they were packed when this release was built. */
export interface SamplePack extends SampleHead {
  /** By path: `runs/<id>/…` as in a run folder, and `staged/<SHA-256>` for contents of artifacts. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** What is said about the runs. */
export interface SampleHead {
  /** Where the time of the runs ends, Unix milliseconds. */
  readonly endsAtMs: number
  /** Of the project, Markdown. */
  readonly description: string
  /** In the order in which they began. */
  readonly runs: readonly SampleRun[]
  readonly sweeps: readonly SampleSweep[]
  /** Workspaces; the one with the id `own` is what its owner sees first. */
  readonly views: readonly { readonly id: string; readonly displayName: string; readonly spec: string }[]
}

/** A run of the sample. */
export interface SampleRun {
  readonly id: string
  readonly endedAtMs: number
  /** Its journal has no end. */
  readonly isCrashed: boolean
}

/** A sweep of the sample, which is over. */
export interface SampleSweep {
  readonly name: string
  readonly displayName: string
  readonly description: string
  readonly state: 'finished'
  readonly config: string
}

const text = z.string()
const headSchema: z.ZodType<SampleHead & { readonly files: readonly { path: string; sizeBytes: number }[] }> = z.object(
  {
    format: z.literal('lossline-sample/1'),
    endsAtMs: z.number(),
    description: text,
    runs: z.array(z.object({ id: text, endedAtMs: z.number(), isCrashed: z.boolean() })),
    sweeps: z.array(
      z.object({ name: text, displayName: text, description: text, state: z.literal('finished'), config: text }),
    ),
    views: z.array(z.object({ id: text, displayName: text, spec: text })),
    files: z.array(z.object({ path: text, sizeBytes: z.number() })),
  },
)

const decompress: (bytes: Uint8Array) => Promise<Buffer> = promisify(brotliDecompress)

/**
 * Reads the file that `packages/lossline/scripts/sample` makes: Brotli over the length of a JSON head (4 bytes, little endian),
 * the head, and the files that it lists one after the other.
 */
export async function readSamplePack(path: string): Promise<SamplePack> {
  const whole = await decompress(await readFile(path))
  const headEnd = 4 + whole.readUInt32LE(0)
  const { files: listed, ...head } = headSchema.parse(JSON.parse(whole.subarray(4, headEnd).toString('utf8')))
  const files = new Map<string, Uint8Array>()
  let position = headEnd
  for (const { path, sizeBytes } of listed) {
    files.set(path, whole.subarray(position, position + sizeBytes))
    position += sizeBytes
  }
  return { ...head, files }
}
