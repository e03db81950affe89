import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'

/** A file of a run, such as `wandb-metadata.json` or `media/images/x.png`. */
export interface RunFile {
  readonly name: string
  readonly sizeBytes: number
  /** Base64, as W&B compares it. */
  readonly md5: string
  readonly updatedAtMs: number
}

/** Contents of run files. Names are data, never paths. */
export interface RunFiles {
  /** Stores the whole content; the last one under a name wins. */
  put(run: number, name: string, content: Uint8Array): Promise<RunFile>
  find(run: number, name: string): Promise<RunFile | undefined>
  /** Ascending by name. */
  list(run: number): Promise<readonly RunFile[]>
  read(run: number, name: string): Promise<Uint8Array | undefined>
}

/** Keeps files as long as the process lives; for tests and programs without a directory. */
export function createMemoryRunFiles(clock: Clock): RunFiles {
  const runs = new Map<number, Map<string, { readonly file: RunFile; readonly content: Uint8Array }>>()
  return {
    async put(run, name, content) {
      const file = describeRunFile(name, content, clock.now())
      const files = runs.get(run) ?? new Map()
      runs.set(run, files.set(name, { file, content }))
      return file
    },
    find: async (run, name) => runs.get(run)?.get(name)?.file,
    list: async (run) => [...(runs.get(run)?.values() ?? [])].map(({ file }) => file).sort(byName),
    read: async (run, name) => runs.get(run)?.get(name)?.content,
  }
}

export function describeRunFile(name: string, content: Uint8Array, nowMs: number): RunFile {
  const md5 = createHash('md5').update(content).digest('base64')
  return { name, sizeBytes: content.byteLength, md5, updatedAtMs: nowMs }
}

export function byName(a: RunFile, b: RunFile): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
