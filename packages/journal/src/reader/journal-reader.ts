import { type FileHandle, open, stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import {
  createScanner,
  type DamageScanEvent,
  decodeRecord,
  type FragmentCounts,
  type ScanEnd,
  type ScanEvent,
  type WandbRecord,
} from '@lossline/protocol'
import { JournalError } from '../errors.ts'

/** What a journal is made of, in the order of the file. */
export type JournalEvent =
  | {
      readonly kind: 'record'
      readonly record: WandbRecord
      /** File offset of the record's first byte. */
      readonly offset: number
      /** File offset behind its last byte; reading can begin there. */
      readonly endOffset: number
    }
  | DamageScanEvent
  /** The last event. 'unexpected-end' = a record is not whole; more bytes may cure it. */
  | { readonly kind: 'end'; readonly state: ScanEnd['kind']; readonly offset: number }

/** Where to begin, and whether to go on at the end. */
export interface OpenJournalReaderOptions {
  /** File offset to begin at: 0 (the default) or an `endOffset`. */
  readonly from?: number
  /** Bytes of a read. Default 256 KiB; fewer for whoever wants no more than the first records. */
  readonly chunkBytes?: number
  /** Go on waiting for more at the end of the file, until the signal says stop. */
  readonly follow?: {
    readonly signal: AbortSignal
    /** Default 50. */
    readonly pollIntervalMs?: number
  }
}

/** Reads a journal once, from front to back. Closes the file when the iteration ends. */
export interface JournalReader extends AsyncIterable<JournalEvent> {
  /** The same events in batches, one per read; quicker for large files. */
  batches(): AsyncIterable<readonly JournalEvent[]>
  /** What the bytes read so far consist of. */
  readonly fragments: FragmentCounts
  readonly bytesRead: number
}

const chunkBytesDefault = 256 * 1024
const pollIntervalMsDefault = 50

/**
 * Opens a journal for reading, also one that another process is still writing.
 * Damage is reported as an event and reading goes on behind it.
 *
 * @throws {@link JournalError} `journal-not-found`, when the iteration begins.
 * @example
 * ```ts
 * for await (const event of openJournalReader('run-k3v9xq2a.wandb')) {
 *   if (event.kind === 'record' && event.record.kind === 'history') console.log(event.record.history)
 * }
 * ```
 */
export function openJournalReader(path: string, options: OpenJournalReaderOptions = {}): JournalReader {
  const { from = 0, chunkBytes = chunkBytesDefault, follow } = options
  const scanner = createScanner({ crc32, fileOffset: from })
  let position = from

  async function* batches(): AsyncGenerator<readonly JournalEvent[]> {
    let file = await openFile(path)
    try {
      for (;;) {
        const bytes = await readChunk(file, position, chunkBytes)
        if (bytes.length > 0) {
          position += bytes.length
          const events = scanner.push(bytes).map(toJournalEvent)
          if (events.length > 0) yield events
        } else {
          if (follow === undefined || follow.signal.aborted) break
          await sleep(follow.pollIntervalMs ?? pollIntervalMsDefault, follow.signal)
          file = await reopenIfReplaced(file, path)
        }
      }
      const end = scanner.end()
      yield [{ kind: 'end', state: end.kind, offset: end.offset }]
    } finally {
      await file.close()
    }
  }

  return {
    batches,
    get fragments() {
      return scanner.fragments
    },
    get bytesRead() {
      return position - from
    },
    async *[Symbol.asyncIterator]() {
      for await (const batch of batches()) yield* batch
    },
  }
}

function toJournalEvent(event: ScanEvent): JournalEvent {
  if (event.kind === 'damage') return event
  const { payload, offset, endOffset } = event
  try {
    return { kind: 'record', record: decodeRecord(payload), offset, endOffset }
  } catch {
    return { kind: 'damage', reason: 'protobuf', offset, skippedBytes: endOffset - offset }
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (cause) {
    throw new JournalError({
      code: 'journal-not-found',
      message: `${path} cannot be opened.`,
      hint: 'A run folder holds its journal as run-<id>.wandb.',
      cause,
    })
  }
}

async function readChunk(file: FileHandle, position: number, chunkBytes: number): Promise<Uint8Array> {
  const chunk = new Uint8Array(chunkBytes)
  const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
  return chunk.subarray(0, bytesRead)
}

async function sleep(durationMs: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(durationMs, undefined, { signal })
  } catch {
    // Aborted: the caller looks at the signal.
  }
}

/** A writer whose folder was removed makes the file anew with the same bytes; the old one never grows again. */
async function reopenIfReplaced(file: FileHandle, path: string): Promise<FileHandle> {
  try {
    const [current, opened] = await Promise.all([stat(path), file.stat()])
    if (current.ino === opened.ino && current.dev === opened.dev) return file
    const fresh = await open(path, 'r')
    await file.close()
    return fresh
  } catch {
    return file
  }
}
