import type { TableFileSource } from '../domain/tables/table-thread.ts'
import type { FromTableThread, ToTableThread } from './table-messages.ts'

/** Pieces of a file that wait for the thread. */
const piecesInFlightMax = 8

/** Sends the contents of files to the thread that reads them. */
export interface Pumps {
  /** How many contents are being sent, or were sent and are not done with. */
  readonly size: number
  /** Begins, goes on, stops or ends, as the thread says. */
  on(message: FromTableThread & { kind: 'open' | 'more' | 'stop' | 'close' }): void
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
      if (message.kind === 'close') return void pumps.delete(reading)
      const pump = startPump(reading, sourceOf(message.file), say)
      pumps.set(reading, pump)
      // One that was sent whole waits for the thread, which may have to read what belongs to it.
      void pump.isSent.then((isSent) => isSent || pumps.delete(reading))
    },
    stopAll() {
      for (const pump of pumps.values()) pump.stop()
    },
  }
}

interface Pump {
  /** False: it was stopped, or could not be read. */
  readonly isSent: Promise<boolean>
  more(): void
  stop(): void
}

/** Sends the content of a file in pieces, a few ahead of what was read. */
function startPump(reading: number, source: TableFileSource | undefined, say: (message: ToTableThread) => void): Pump {
  let inFlight = 0
  let isStopped = false
  let wake = (): void => undefined
  const pump = async (): Promise<boolean> => {
    const content = await source?.open()
    if (content === undefined) {
      say({
        kind: 'fail',
        reading,
        failure: { reason: 'gone', message: 'The content of the table is gone.', hint: undefined },
      })
      return false
    }
    for await (const bytes of content) {
      if (isStopped) return false
      say({ kind: 'chunk', reading, bytes })
      inFlight += 1
      while (inFlight >= piecesInFlightMax && !isStopped) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
    if (!isStopped) say({ kind: 'end', reading })
    return !isStopped
  }
  const isSent = pump().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    if (!isStopped) say({ kind: 'fail', reading, failure: { reason: 'internal', message, hint: undefined } })
    return false
  })
  return {
    isSent,
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
