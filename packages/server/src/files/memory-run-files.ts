import type { Clock } from '../clock.ts'
import { byName, meterContent, type RunFile, type RunFiles } from '../domain/run-files.ts'

/** Keeps files as long as the process lives; for tests and programs without a directory. */
export function createMemoryRunFiles(clock: Clock): RunFiles {
  const runs = new Map<number, Map<string, { readonly file: RunFile; readonly content: Blob }>>()
  return {
    async put(run, name, content) {
      const meter = meterContent(content)
      const parts: Uint8Array<ArrayBuffer>[] = []
      // Copies: the caller's buffers may be used again.
      for await (const part of meter.content) parts.push(new Uint8Array(part))
      const file = meter.describe(name, clock.now())
      const files = runs.get(run) ?? new Map()
      runs.set(run, files.set(name, { file, content: new Blob(parts) }))
      return file
    },
    remove: async (run, name) => {
      runs.get(run)?.delete(name)
    },
    list: async (run) => [...(runs.get(run)?.values() ?? [])].map(({ file }) => file).sort(byName),
    get: async (run, name) => {
      const found = runs.get(run)?.get(name)
      if (found === undefined) return undefined
      const { file, content } = found
      return { file, read: async (range) => (range ? content.slice(range.first, range.last + 1) : content).stream() }
    },
    forget: async (run) => {
      runs.delete(run)
    },
    // They are not kept among those of artifacts.
    async *contents() {},
  }
}
