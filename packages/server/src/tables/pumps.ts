import type { TableFileSource } from '../domain/tables/table-thread.ts'
import type { FromTableThread, ToTableThread } from './table-messages.ts'

/** Pieces of a file that wait for the thread. */
const piecesInFlightMax = 8

/** Sends the contents of files to the thread that reads them. */
export interface Pumps {
  /** How many contents are being sent. */
  readonly size: number
  /** Begins, goes on or stops, as the thread says. */
  on(message: FromTableThread & { kind: 'open' | 'more' | 'stop' }): void
  stopAll(): void
}

/** @param sourceOf - Of a file, by its id. */
export function createPumps(
  sourceOf: (file: string) => TableFileSource | undefined,
  say: (message: ToTableThread) => void,
): Pumps {
  const pumps = new Map<number, Pump>()
  return {
    get size() {
      return pumps.size
    },
    on(message) {
      const { reading } = message
      if (message.kind === 'more') return pumps.get(reading)?.more()
      if (message.kind === 'stop') return pumps.get(reading)?.stop()
      const pump = startPump(reading, sourceOf(message.file), say)
      pumps.set(reading, pump)
      void pump.done.then(() => pumps.delete(reading))
    },
    stopAll() {
      for (const pump of pumps.values()) pump.stop()
    },
  }
}

interface Pump {
  readonly done: Promise<void>
  more(): void
  stop(): void
}

/** Sends the content of a file in pieces, a few ahead of what was read. */
function startPump(reading: number, source: TableFileSource | undefined, say: (message: ToTableThread) => void): Pump {
  let inFlight = 0
  let isStopped = false
  let wake = (): void => undefined
  const pump = async (): Promise<void> => {
    const content = await source?.open()
    if (content === undefined) {
      return say({
        kind: 'fail',
        reading,
        failure: { reason: 'gone', message: 'The content of the table is gone.', hint: undefined },
      })
    }
    for await (const bytes of content) {
      if (isStopped) return
      say({ kind: 'chunk', reading, bytes })
      inFlight += 1
      while (inFlight >= piecesInFlightMax && !isStopped) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
    if (!isStopped) say({ kind: 'end', reading })
  }
  const done = pump().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    if (!isStopped) say({ kind: 'fail', reading, failure: { reason: 'internal', message, hint: undefined } })
  })
  return {
    done,
    more() {
      inFlight -= 1
      wake()
    },
    stop() {
      isStopped = true
      wake()
    },
  }
}
