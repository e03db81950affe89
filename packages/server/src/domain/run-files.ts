import { createHash, type Hash } from 'node:crypto'
import type { ByteRange } from '@lossline/store'

/** A file of a run, such as `wandb-metadata.json` or `media/images/x.png`. */
export interface RunFile {
  readonly name: string
  readonly sizeBytes: number
  /** Base64, as W&B compares it. */
  readonly md5: string
  readonly updatedAtMs: number
}

/** A file whose bytes can be read. */
export interface FoundRunFile {
  readonly file: RunFile
  /** Opens the content, or a part of it; read it or cancel it. Undefined when it is gone. */
  read(range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined>
}

/** Contents of run files. Names are data, never paths. */
export interface RunFiles {
  /** Stores the whole content; the last one under a name wins. Rejects with what the content throws, and stores nothing. */
  put(run: number, name: string, content: AsyncIterable<Uint8Array>): Promise<RunFile>
  /** Forgets a file; does nothing if there is none of the name. */
  remove(run: number, name: string): Promise<void>
  /** Ascending by name. */
  list(run: number): Promise<readonly RunFile[]>
  get(run: number, name: string): Promise<FoundRunFile | undefined>
  /** Forgets all files of a run that is gone. */
  forget(run: number): Promise<void>
  /** Names of the contents of each run's files, where they are among those of artifacts. Also of runs that are gone. */
  contents(): AsyncIterable<{ readonly run: number; readonly digests: readonly string[] }>
}

/** Passes a content through and computes what W&B wants to know of it on the way. */
export interface ContentMeter {
  readonly content: AsyncIterable<Uint8Array>
  /** Complete once `content` has been read to its end. */
  describe(name: string, nowMs: number): RunFile
}

export function meterContent(source: AsyncIterable<Uint8Array>): ContentMeter {
  const md5: Hash = createHash('md5')
  let sizeBytes = 0
  async function* read(): AsyncGenerator<Uint8Array> {
    for await (const part of source) {
      md5.update(part)
      sizeBytes += part.byteLength
      yield part
    }
  }
  return {
    content: read(),
    describe: (name, nowMs) => ({ name, sizeBytes, md5: md5.digest('base64'), updatedAtMs: nowMs }),
  }
}

export function byName(a: RunFile, b: RunFile): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
