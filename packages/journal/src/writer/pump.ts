import type { Engine } from '../engine/engine.ts'
import { holdsMedia } from '../engine/holds-media.ts'
import type { EngineMessage, EngineRequest } from '../engine/messages.ts'
import type { JournalFile } from '../file/journal-file.ts'
import { createRingConsumer } from '../ring/ring-consumer.ts'
import { controlWord, type RingMemory } from '../ring/ring-memory.ts'

export interface CreatePumpOptions {
  readonly memory: RingMemory
  readonly engine: Engine
  readonly file: JournalFile
  /** Takes the next message of the slow lane; there is one for each marker. */
  takeMessage(): EngineMessage | undefined
  /** Called when what the messages so far asked for is in the file. */
  onRelease?(): void
  /** Answers a request, at its place in the order of rows and messages. */
  handleRequest(id: number, request: EngineRequest): void
  nowMs(): number
}

/** Moves what is in the ring and the slow lane through the engine into the file. */
export interface Pump {
  /**
   * Works for at most about `budgetMs`.
   *
   * @returns 'more' when there is or soon will be more to do, 'moved' when a little was moved, 'empty' when there was nothing.
   */
  run(budgetMs: number): 'more' | 'moved' | 'empty'
  /** Writes what waits for its time: a summary record, a sync, bytes that a full disk refused. Returns whether some still does. */
  tick(): boolean
}

// Small enough for the producer to get space back early, large enough to make the system call cheap.
const writeBytes = 128 * 1024
const readCells = 2048

/** Makes the pump of the thread that owns the file. */
export function createPump(options: CreatePumpOptions): Pump {
  const { memory, engine, file, takeMessage, handleRequest, nowMs } = options
  const { control } = memory

  function handleMessage(message: EngineMessage): void {
    switch (message.kind) {
      case 'shape':
        engine.defineShape(message.id, message.paths)
        break
      case 'row':
        engine.logRow(message)
        break
      case 'commit':
        engine.commit()
        break
      case 'record':
        engine.append(message.body)
        break
      case 'metric':
        engine.defineMetric(message.metric)
        break
      case 'earlier':
        engine.restore(message.earlier)
        break
      case 'summary':
        engine.updateSummary(message.update, message.remove)
        break
      case 'request':
        handleRequest(message.id, message.request)
        break
      default:
        assertNever(message)
    }
  }

  let hasMedia = false
  let messagesTaken = Atomics.load(control, controlWord.messagesTaken)

  const consumer = createRingConsumer(memory, {
    handleRow: engine.logNumbers,
    handleMarker() {
      messagesTaken = (messagesTaken + 1) | 0
      const message = takeMessage()
      if (message === undefined) return false
      handleMessage(message)
      // The memory of media is given back at once: the producer may be waiting for it.
      hasMedia = holdsMedia(message)
      return hasMedia
    },
  })

  function release(): void {
    Atomics.store(control, controlWord.messagesTaken, messagesTaken)
    consumer.release()
    options.onRelease?.()
  }

  function tick(): boolean {
    const now = nowMs()
    const hasChanges = engine.tick(now)
    const isWritten = file.bufferedBytes === 0 || file.write(now)
    return !file.syncIfDue(now) || hasChanges || !isWritten
  }

  // Who logs that much in a turn goes on doing so: the next turn follows at once instead of after a timer.
  const busyCells = Math.min(1024, memory.cells.length >> 3)

  return {
    tick,
    run(budgetMs) {
      Atomics.add(control, controlWord.turns, 1)
      const deadlineMs = nowMs() + budgetMs
      let movedCells = 0
      for (;;) {
        const taken = consumer.read(readCells)
        if (taken === 0) break
        movedCells += taken
        if (file.bufferedBytes < writeBytes && !hasMedia) continue
        hasMedia = false
        file.write(nowMs())
        release()
        if (nowMs() < deadlineMs) continue
        tick()
        return 'more'
      }
      if (movedCells === 0) return 'empty'
      tick()
      release()
      return movedCells < busyCells ? 'moved' : 'more'
    },
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown message ${JSON.stringify(value)}`)
}
