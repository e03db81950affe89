import {
  type AlertRecord,
  createRunState,
  type HistoryRecord,
  pathOf,
  type RunState,
  type StatsRecord,
  toHistoryLine,
  type WandbRecord,
} from '@lossline/protocol'
import { lineBytesMax } from '../line-limit.ts'
import { type ConsoleLog, createConsoleLog } from './console-log.ts'
import { type JournalWriter, readJournalWriter } from './journal-writer.ts'
import { createStreamBatch, type StreamBatch } from './stream-batch.ts'

/** Turns the records of a journal, from its first on, into the state of the run and the lines that wait to be sent. */
export interface JournalLines {
  readonly state: RunState
  readonly batch: StreamBatch
  readonly console: ConsoleLog
  /** Undefined before the run record. */
  readonly writer: JournalWriter | undefined
  /** Alerts that wait to be sent; taken by the caller. */
  readonly alerts: AlertRecord[]
  /** History lines so far, sent or not. */
  readonly historyLineCount: number
  /** Lines of system metrics so far. */
  readonly eventLineCount: number
  /** `isSent`: its lines have been acknowledged; only what later lines depend on is kept. */
  take(record: WandbRecord, isSent: boolean): void
}

/** @param onTooLarge - Told of each line that is above the server's limit and left out. */
export function createJournalLines(isStructured: () => boolean, onTooLarge: () => void): JournalLines {
  const state = createRunState({ keepConsole: false })
  const batch = createStreamBatch()
  let writer: JournalWriter | undefined
  const alerts: AlertRecord[] = []
  const console = createConsoleLog({
    form: () => (isStructured() ? 'structured' : 'timed'),
    label: () => writer?.shared?.label,
  })
  let historyLineCount = 0
  let eventLineCount = 0
  let wasSent = true

  function isTooLarge(line: string): boolean {
    // UTF-8 takes up to three bytes for a unit of a string; only then is it worth counting.
    const isLarge = line.length * 3 > lineBytesMax && Buffer.byteLength(line) > lineBytesMax
    if (isLarge) onTooLarge()
    return isLarge
  }

  function takeHistory(record: WandbRecord & { readonly kind: 'history' }, isSent: boolean): void {
    // Where several write at the same time, the server numbers the steps.
    const line = toHistoryLine(writer?.shared === undefined ? record.history : withoutStep(record.history))
    if (isTooLarge(line)) return
    if (!isSent) batch.addHistory(historyLineCount, line)
    historyLineCount += 1
  }

  function takeStats(stats: StatsRecord, isSent: boolean): void {
    const line = toEventLine(stats, state, writer?.shared?.label)
    if (isTooLarge(line)) return
    if (!isSent) batch.addEvent(eventLineCount, line)
    eventLineCount += 1
  }

  return {
    state,
    batch,
    console,
    alerts,
    get writer() {
      return writer
    },
    get historyLineCount() {
      return historyLineCount
    },
    get eventLineCount() {
      return eventLineCount
    },
    take(record, isSent) {
      if (wasSent && !isSent) {
        // The terminal had to see the console lines that were sent before; they are not sent again.
        console.takeChanges()
        wasSent = false
      }
      state.apply(record)
      if (record.kind === 'run') writer ??= readJournalWriter(state)
      if (record.kind === 'history') takeHistory(record, isSent)
      else if (record.kind === 'stats') takeStats(record.stats, isSent)
      else if (record.kind === 'outputRaw') {
        console.write(record.outputRaw)
        if (!isSent) batch.noteConsole(record.outputRaw.line ?? '')
      } else if (record.kind === 'outputLogger') {
        console.writeLines(record.outputLogger)
        if (!isSent) batch.noteConsole(record.outputLogger.line ?? '')
      } else if (record.kind === 'preempting' && !isSent) batch.setPreempting()
      else if (record.kind === 'alert' && !isSent) alerts.push(record.alert)
    },
  }
}

/** System metrics as W&B uploads them: flat `system.` keys with the times beside them. */
function toEventLine({ timestamp = {}, item = [] }: StatsRecord, { run }: RunState, label: string | undefined): string {
  const suffix = label ? `/l:${label}` : ''
  const { seconds: startSeconds = 0, nanos: startNanos = 0 } = run?.startTime ?? {}
  const { seconds = 0, nanos = 0 } = timestamp
  const runtime = Number(seconds) - Number(startSeconds) + (nanos - startNanos) / 1e9
  return toHistoryLine({
    item: [
      { key: '_wandb', valueJson: 'true' },
      { key: '_timestamp', valueJson: String(Number(seconds) + nanos / 1e9) },
      { key: '_runtime', valueJson: String(Math.round(runtime * 1e6) / 1e6) },
      ...item.map(({ key = '', valueJson = '' }) => ({
        key: `${key.startsWith('system.') ? key : `system.${key}`}${key.endsWith(suffix) ? '' : suffix}`,
        valueJson,
      })),
    ],
  })
}

function withoutStep(history: HistoryRecord): HistoryRecord {
  const item = (history.item ?? []).filter((one) => pathOf(one).join('.') !== '_step')
  return { ...history, item }
}
