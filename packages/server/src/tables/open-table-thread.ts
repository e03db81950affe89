import { Worker } from 'node:worker_threads'
import { loaderArguments } from '@lossline/journal'
import { TableError } from '../domain/tables/table-error.ts'
import type { TableAnswer, TableRequest } from '../domain/tables/table-request.ts'
import type { TableFileSource, TableThread } from '../domain/tables/table-thread.ts'
import { assertNever } from '../errors.ts'
import { createPumps } from './pumps.ts'
import type { FromTableThread, PlainTableError, ToTableThread } from './table-messages.ts'

/** How long a thread that nobody asks keeps its columns. */
const idleMsMax = 5 * 60_000
const heapMegabytesDefault = 1024

interface Pending {
  readonly resolve: (answer: TableAnswer<TableRequest>) => void
  readonly reject: (error: unknown) => void
}

/** How much a thread may use. */
export interface OpenTableThreadOptions {
  /** Of its objects; its columns are not among them. Default: 1024. */
  readonly heapMegabytesMax?: number
}

/** Starts a thread when it is first asked, and again when it has ended. */
export function openTableThread({ heapMegabytesMax = heapMegabytesDefault }: OpenTableThreadOptions = {}): TableThread {
  let current: RunningThread | undefined
  let idleTimer: NodeJS.Timeout | undefined
  let askingCount = 0
  /** Questions that are asked again, one after the other. */
  let again: Promise<unknown> = Promise.resolve()

  const close = async (): Promise<void> => {
    clearTimeout(idleTimer)
    const ending = current
    // Before it has ended: whoever asks meanwhile gets a new one.
    current = undefined
    await ending?.terminate()
  }

  const askThread: RunningThread['ask'] = (request, files, signal) => {
    if (current === undefined || current.isGone()) current = startThread(heapMegabytesMax)
    return current.ask(request, files, signal)
  }

  /** Which of several questions took the memory is not known: each is asked once more, by itself. */
  const askTwice: RunningThread['ask'] = async (...question) => {
    try {
      return await askThread(...question)
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error
      if (error.askedCount === 1) throw outOfMemory()
    }
    const answer = again.then(() => askThread(...question))
    again = answer.catch(() => undefined)
    return answer.catch((error: unknown) => {
      throw error instanceof OutOfMemory ? outOfMemory() : error
    })
  }

  return {
    async ask(request, files, signal) {
      clearTimeout(idleTimer)
      askingCount += 1
      try {
        // Each kind of request has its own kind of answer.
        return (await askTwice(request, files, signal)) as TableAnswer<typeof request>
      } finally {
        askingCount -= 1
        if (askingCount === 0) {
          clearTimeout(idleTimer)
          idleTimer = setTimeout(() => void close(), idleMsMax)
          idleTimer.unref()
        }
      }
    },
    close,
  }
}

interface RunningThread {
  ask(
    request: TableRequest,
    files: ReadonlyMap<string, TableFileSource>,
    signal: AbortSignal | undefined,
  ): Promise<TableAnswer<TableRequest>>
  isGone(): boolean
  terminate(): Promise<void>
}

function startThread(heapMegabytesMax: number): RunningThread {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./table-thread.${extension}`, import.meta.url), {
    name: 'lossline-tables',
    execArgv: loaderArguments(),
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
  })
  worker.unref()
  const pending = new Map<number, Pending>()
  const sources = new Map<string, TableFileSource>()
  let lastId = 0
  let isGone = false

  const say = (message: ToTableThread): void => {
    const bytes = message.kind === 'chunk' || message.kind === 'bytes' ? message.bytes : undefined
    if (bytes === undefined) worker.postMessage(message)
    else {
      // A piece may be a part of something larger, which is neither copied as a whole nor taken from its owner.
      const isWhole = message.kind === 'bytes' && bytes.buffer instanceof ArrayBuffer
      const owned = isWhole ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : bytes.slice()
      worker.postMessage({ ...message, bytes: owned }, [owned.buffer])
    }
  }
  const pumps = createPumps((file) => sources.get(file), say)
  const end = (error: unknown): void => {
    isGone = true
    for (const { reject } of pending.values()) reject(error)
    pumps.stopAll()
    pending.clear()
  }
  worker.on('error', (error) => end(isOutOfMemory(error) ? new OutOfMemory(pending.size) : error))
  worker.on('exit', () => end(new TableError('cancelled', 'The thread that reads tables has ended.')))

  const settle = (id: number, tell: (one: Pending) => void): void => {
    const one = pending.get(id)
    pending.delete(id)
    if (one !== undefined) tell(one)
  }

  worker.on('message', (message: FromTableThread) => {
    switch (message.kind) {
      case 'answer':
        return settle(message.id, ({ resolve }) => resolve(message.answer))
      case 'refuse':
        return settle(message.id, ({ reject }) => reject(fromPlain(message.failure)))
      case 'open':
      case 'more':
      case 'stop':
      case 'close':
        return pumps.on(message)
      case 'read': {
        const { id, file, path } = message
        const source = sources.get(file)
        const reading = (path === null ? source?.readCopy() : source?.readBeside(path)) ?? Promise.resolve(undefined)
        void reading.catch(() => undefined).then((bytes) => say({ kind: 'bytes', id, bytes }))
        return
      }
      default:
        return assertNever(message)
    }
  })

  return {
    ask: (request, files, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(cancelled())
        lastId += 1
        const id = lastId
        const flag = new Int32Array(new SharedArrayBuffer(4))
        const onAbort = (): void => {
          Atomics.store(flag, 0, 1)
          say({ kind: 'cancel', id })
          settle(id, (one) => one.reject(cancelled()))
        }
        const forget = (): void => {
          signal?.removeEventListener('abort', onAbort)
          // Sources of files that are read to their end are of no more use; each question brings its own.
          if (pending.size === 0 && pumps.size === 0) sources.clear()
        }
        signal?.addEventListener('abort', onAbort)
        for (const [file, source] of files) sources.set(file, source)
        pending.set(id, {
          resolve: (answer) => {
            forget()
            resolve(answer)
          },
          reject: (error) => {
            forget()
            reject(error)
          },
        })
        say({ kind: 'ask', id, request, flag })
      }),
    isGone: () => isGone,
    async terminate() {
      await worker.terminate()
    },
  }
}

function fromPlain({ reason, message, hint }: PlainTableError): Error {
  return reason === 'internal' ? new Error(message) : new TableError(reason, message, hint)
}

function cancelled(): TableError {
  return new TableError('cancelled', 'The request was cancelled.')
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

/** The thread has ended for want of memory. */
class OutOfMemory extends Error {
  /** Questions it was at. */
  readonly askedCount: number

  constructor(askedCount: number) {
    super('The thread that reads tables has run out of memory.')
    this.askedCount = askedCount
  }
}

function outOfMemory(): TableError {
  return new TableError(
    'too-large',
    'The question needs more memory than there is for tables.',
    'Filter the rows first.',
  )
}
