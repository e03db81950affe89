import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { MetricFamily } from './exposition.ts'

/** Looking at a million files takes a minute: their sizes are told for so long before somebody looks again. */
const freshMs = 5 * 60_000
/** Whoever asks first waits no longer than this; the sizes come with a later answer then. */
const waitMsMax = 1000

const kinds = ['database', 'blobs', 'runs', 'run-files', 'cache'] as const

/** Bytes of a data folder by kind. */
export function createFolderMetrics(dataDirectory: string): () => Promise<MetricFamily[]> {
  let known: MetricFamily[] = []
  let knownAtMs = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  const look = async (): Promise<void> => {
    const samples = []
    for (const kind of kinds) {
      const value =
        kind === 'database' ? await databaseBytes(dataDirectory) : await bytesBelow(join(dataDirectory, kind))
      samples.push({ labels: { kind }, value })
    }
    known = [{ name: 'lossline_data_bytes', help: 'Size of the data folder by kind.', kind: 'gauge', samples }]
    knownAtMs = performance.now()
  }
  return async () => {
    if (performance.now() - knownAtMs > freshMs) {
      looking ??= look()
        // A folder that cannot be read is told by everything else.
        .catch(() => {})
        .finally(() => {
          looking = undefined
        })
      let timer: NodeJS.Timeout | undefined
      await Promise.race([looking, new Promise((resolve) => (timer = setTimeout(resolve, waitMsMax)))])
      clearTimeout(timer)
    }
    return known
  }
}

async function databaseBytes(dataDirectory: string): Promise<number> {
  let bytes = 0
  for (const name of ['store.db', 'store.db-wal', 'store.db-shm']) bytes += await sizeOf(join(dataDirectory, name))
  return bytes
}

async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0
  const entries = await opendir(folder).catch(() => undefined)
  for await (const entry of entries ?? []) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) bytes += await bytesBelow(path)
    else if (entry.isFile()) bytes += await sizeOf(path)
  }
  return bytes
}

function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}
