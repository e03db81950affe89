import { setImmediate } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import { createBoundedMemory } from '../domain/tables/bounded-memory.ts'
import { createFileReader } from '../domain/tables/file-reader.ts'
import { createTableEngine } from '../domain/tables/table-engine.ts'
import { createCancelCheck, TableError } from '../domain/tables/table-error.ts'
import { inflateRaw } from '../files/inflate-raw.ts'
import type { FromTableThread, PlainTableError, ToTableThread } from './table-messages.ts'

/** Columns of tables, and the orders of rows that were asked for, that are kept for the next question. */
const rememberedBytesMax = 512 * 2 ** 20

const say = (message: FromTableThread): void => parentPort?.postMessage(message)

const memory = createBoundedMemory(rememberedBytesMax)
const cancels = new Map<number, AbortController>()
const besides = new Map<number, (bytes: Uint8Array | undefined) => void>()
let besideCount = 0

const read = (file: string, path: string | null): Promise<Uint8Array | undefined> =>
  new Promise((resolve) => {
    besideCount += 1
    besides.set(besideCount, resolve)
    say({ kind: 'read', id: besideCount, file, path })
  })

const reader = createFileReader({
  memory,
  inflateRaw,
  open: (file, reading) => say({ kind: 'open', file, reading }),
  stop: (reading) => say({ kind: 'stop', reading }),
  close: (reading) => say({ kind: 'close', reading }),
  readBeside: read,
  readCopy: (file) => read(file, null),
})

const ask = createTableEngine({
  open: (file, signal, rowCount) => reader.read(file, rowCount, signal),
  remember: memory.remember,
  // Only few filters have patterns, and the store is much to load.
  loadPatterns: async () => (await import('@lossline/store')).loadPatterns(),
  now: Date.now,
  giveWay: () => setImmediate(),
})

async function answer({ id, request, flag }: ToTableThread & { kind: 'ask' }): Promise<void> {
  const cancel = new AbortController()
  cancels.set(id, cancel)
  try {
    const asker = { check: createCancelCheck(flag), signal: cancel.signal }
    say({ kind: 'answer', id, answer: await ask(request, asker) })
  } catch (error) {
    say({ kind: 'refuse', id, failure: toPlain(error) })
  } finally {
    cancels.delete(id)
  }
}

function toPlain(error: unknown): PlainTableError {
  if (error instanceof TableError) return { reason: error.reason, message: error.message, hint: error.hint }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { reason: 'internal', message, hint: undefined }
}

parentPort?.on('message', (message: ToTableThread) => {
  switch (message.kind) {
    case 'ask':
      return void answer(message)
    case 'cancel':
      return cancels.get(message.id)?.abort()
    case 'chunk':
      reader.push(message.reading, message.bytes)
      return say({ kind: 'more', reading: message.reading })
    case 'end':
      return void reader.end(message.reading)
    case 'fail': {
      const { reason, message: text, hint } = message.failure
      return reader.fail(message.reading, reason === 'internal' ? new Error(text) : new TableError(reason, text, hint))
    }
    case 'bytes':
      besides.get(message.id)?.(message.bytes)
      besides.delete(message.id)
  }
})
