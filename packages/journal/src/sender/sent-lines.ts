import { type HistoryRecord, type JsonObject, jsonToNumber, pathOf, type StatsRecord, stepOf } from '@lossline/protocol'
import { openJournalReader } from '../reader/journal-reader.ts'
import { createJournalLines } from './journal-lines.ts'

/** The last lines that a server has of a run; empty objects where there are none. */
export interface LastLines {
  readonly lastRow: JsonObject
  readonly lastEvent: JsonObject
}

/** Numbers of lines, by kind. */
export interface SentLines {
  readonly history: number
  readonly events: number
  readonly console: number
}

// Rows and system metrics are hardly ever farther from the order of their times in a journal.
const disorderMaxSeconds = 5

/**
 * How many of a journal's lines a server has, as far as the last ones tell: for a run that goes on and whose `sync.json` is
 * lost. A line is known by its step and its time; all zero means that somebody else has written the last lines.
 *
 * Lines of the console have no times to be known by. What was written before a line that the server has was sent before it or
 * with it, and is counted; what was written after it and sent in the same request will be there twice.
 */
export async function countSentLines(journalPath: string, { lastRow, lastEvent }: LastLines): Promise<SentLines> {
  const lastStep = toNumber(lastRow._step) ?? Number.NEGATIVE_INFINITY
  const lastEventSeconds = toNumber(lastEvent._timestamp) ?? Number.NEGATIVE_INFINITY
  const sent = { history: 0, events: 0, console: 0 }
  const lines = createJournalLines(
    () => false,
    () => {},
  )
  for await (const batch of openJournalReader(journalPath).batches()) {
    for (const event of batch) {
      if (event.kind !== 'record') continue
      const { record } = event
      lines.take(record, true)
      if (record.kind === 'stats' && isSameTime(secondsOfStats(record.stats), lastEventSeconds)) {
        sent.events = lines.eventLineCount
        sent.console = lines.console.lineCount
      }
      if (record.kind !== 'history') continue
      const step = stepOf(record.history) ?? Number.NEGATIVE_INFINITY
      const seconds = secondsOfRow(record.history)
      if (step === lastStep && isSameTime(seconds, toNumber(lastRow._timestamp) ?? seconds)) {
        sent.history = lines.historyLineCount
        sent.console = lines.console.lineCount
      }
      // Steps only grow.
      if (step > lastStep && seconds > lastEventSeconds + disorderMaxSeconds) return sent
    }
  }
  return sent
}

function secondsOfRow({ item = [] }: HistoryRecord): number {
  const found = item.find((one) => pathOf(one).join('.') === '_timestamp')
  return jsonToNumber(found?.valueJson ?? '') ?? Number.NaN
}

function secondsOfStats({ timestamp: { seconds = 0, nanos = 0 } = {} }: StatsRecord): number {
  return Number(seconds) + nanos / 1e9
}

/** Servers may keep less than microseconds. */
function isSameTime(seconds: number, others: number): boolean {
  return Math.abs(seconds - others) < 0.001
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined
}
