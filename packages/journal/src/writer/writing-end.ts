import { dirname } from 'node:path'
import type { WandbRecordBody } from '@lossline/protocol'
import { createEngine, type Engine, type RunContents } from '../engine/engine.ts'
import type { EngineMessage, EngineRequest } from '../engine/messages.ts'
import { createJournalFile, type JournalFile } from '../file/journal-file.ts'
import { takeAllQuota } from '../file/take-quota.ts'
import { materializeMedia } from '../media/materialize-media.ts'
import { createMediaFiles } from '../media/media-files.ts'
import { controlWord, type RingMemory } from '../ring/ring-memory.ts'
import type { RunIdentity } from '../tables/artifact-entries.ts'
import { createTableWriter } from '../tables/table-writer.ts'
import { describeMediaFailure } from './media-failure.ts'
import { createPump, type Pump } from './pump.ts'
import type { JournalProblem } from './run-writer.ts'

/** What a writing end starts from; can be sent to another thread. */
export interface WritingEndStart {
  readonly memory: RingMemory
  readonly journalPath: string
  /** The run that artifacts are made by. */
  readonly run: RunIdentity
  readonly fileDescriptor: number
  readonly fileBytes: number
  readonly recordCount: number
  readonly startTimeMs: number
  readonly earlierRuntimeSeconds: number
  readonly syncIntervalMs: number
  readonly diskBytesLeft?: Int32Array
}

/** Answer to the request `finish`. */
export interface WrittenReport {
  readonly rowCount: number
  readonly recordCount: number
  readonly droppedRowCount: number
  readonly droppedMediaCount: number
  readonly isWritten: boolean
  readonly contents: RunContents
}

export interface WritingEndEffects {
  takeMessage(): EngineMessage | undefined
  reply(id: number, value: unknown): void
  /** Called before the last records of a finished run are written. */
  beforeFinish(): void
  /** Ends the wait for the server. */
  stopWaiting(): void
  /** Called instead of {@link reply} when everything of a finished run is written. */
  replyFinished(id: number, report: WrittenReport, sendTimeoutMs: number): void
  reportProblem(problem: JournalProblem): void
  nowMs(): number
}

/** Engine, file and pump of the one thread that writes. */
export interface WritingEnd {
  readonly engine: Engine
  readonly file: JournalFile
  readonly pump: Pump
  /** Takes in a record that is in the journal already. */
  replay(record: WandbRecordBody): void
}

const hints: Partial<Record<JournalProblem['reason'], string>> = {
  'disk-full': 'Free some space: rows are kept for a while and then dropped until there is room again.',
  'directory-removed': 'Files of the run other than its journal were not restored.',
  'too-large': 'A history row may take 10,383,360 bytes; log large values as tables, media or artifacts.',
}

/** Puts the parts of the writing thread together. */
export function createWritingEnd(start: WritingEndStart, effects: WritingEndEffects): WritingEnd {
  let droppedRowCount = 0
  let droppedMediaCount = 0
  let hasTooLarge = false

  function report(reason: JournalProblem['reason'], message: string): void {
    const hint = hints[reason]
    effects.reportProblem({ reason, message, droppedRowCount, ...(hint === undefined ? {} : { hint }) })
  }

  const file = createJournalFile({
    path: start.journalPath,
    fileDescriptor: start.fileDescriptor,
    fileBytes: start.fileBytes,
    syncIntervalMs: start.syncIntervalMs,
    onTrouble: ({ reason, message }) => report(reason, message),
    onReplaced: (fileDescriptor) => Atomics.store(start.memory.control, controlWord.fileDescriptor, fileDescriptor),
    ...(start.diskBytesLeft === undefined ? {} : { diskBytesLeft: start.diskBytesLeft }),
  })

  const folder = {
    runDirectory: dirname(start.journalPath),
    onWork: () => Atomics.add(start.memory.control, controlWord.turns, 1),
    takeRoom: (bytes: number) => takeAllQuota(start.diskBytesLeft, bytes),
  }
  const media = createMediaFiles(folder)
  const tables = createTableWriter({ ...folder, run: start.run })

  const engine = createEngine({
    materialize(item, step) {
      try {
        return materializeMedia(item.media, { key: item.path.at(-1) ?? '', step, files: media, tables })
      } catch (error) {
        droppedMediaCount += 1
        effects.reportProblem(describeMediaFailure(item, error))
        return undefined
      }
    },
    startTimeMs: start.startTimeMs,
    earlierRuntimeSeconds: start.earlierRuntimeSeconds,
    recordCount: start.recordCount,
    sink: {
      appendRecord: file.append,
      canTakeRow: () => file.canTakeRow,
      dropRow(reason) {
        droppedRowCount += 1
        if (reason === 'no-room' || hasTooLarge) return
        hasTooLarge = true
        report('too-large', 'A row is larger than servers take and was left out.')
      },
    },
  })

  function finish(id: number, request: Extract<EngineRequest, { name: 'finish' }>): void {
    effects.beforeFinish()
    engine.finish(request.exitCode, request.timeMs, request.leavesOpen)
    const isWritten = file.sync(effects.nowMs())
    // Rows that a full disk still refuses at the end are lost.
    const lostRowCount = file.bufferedRowCount
    const written = {
      rowCount: engine.rowCount - lostRowCount,
      recordCount: engine.recordCount,
      droppedRowCount: droppedRowCount + lostRowCount,
      droppedMediaCount,
      isWritten,
      contents: engine.readContents(),
    }
    effects.replyFinished(id, written, request.sendTimeoutMs)
  }

  const pump = createPump({
    memory: start.memory,
    engine,
    file,
    takeMessage: effects.takeMessage,
    nowMs: effects.nowMs,
    onRelease: media.releaseStaged,
    handleRequest(id, request) {
      if (request.name === 'summary') effects.reply(id, engine.readSummary())
      else if (request.name === 'flush') effects.reply(id, file.sync(effects.nowMs()))
      else if (request.name === 'stop-waiting') {
        effects.stopWaiting()
        effects.reply(id, true)
      } else finish(id, request)
    },
  })
  return {
    engine,
    file,
    pump,
    replay(record) {
      engine.replay(record)
      tables.replay(record)
    },
  }
}
