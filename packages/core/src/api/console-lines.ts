import type { JsonObject } from '@lossline/protocol'
import { checkPerPage } from '../options/check-count.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { toListPage } from './connection-page.ts'
import { createListing, type Listing, type RequestOptions, requestOptionNames } from './listing.ts'
import { logLinesQuery, logTailQuery } from './run-documents.ts'
import type { AskAboutRun } from './run-history.ts'
import { maybeDateAt, maybeNumberAt, maybeObjectAt, maybeTextAt } from './wire-values.ts'

/** One line that a run printed. */
export interface ConsoleLine {
  /** From 0, without gaps. */
  readonly number: number
  readonly text: string
  /** `error` for what went to the standard error. */
  readonly level: 'info' | 'error'
  readonly printedAt: Date | undefined
  /** Which of several writers of the run printed it. */
  readonly label: string | undefined
}

/** Which lines {@link StoredRun.logLines} reads. */
export interface LogLinesOptions extends RequestOptions {
  /** Only the last lines, as many as this. Default: all. */
  readonly last?: number | undefined
  /** Lines a request. Default: 1000. */
  readonly perPage?: number | undefined
}

const logLinesOptionNames: OptionNames<LogLinesOptions> = { ...requestOptionNames, last: true, perPage: true }

/** Lists the console lines of a run, oldest first. */
export function listConsoleLines(askRun: AskAboutRun, given: LogLinesOptions): Listing<ConsoleLine> {
  checkOptions('logLines', given, logLinesOptionNames)
  const { last, perPage = 1000, signal } = given
  checkPerPage('logLines', perPage)
  return createListing({
    signal,
    async fetchPage(cursor, options) {
      if (last !== undefined) {
        const run = await askRun('RunConsoleLogTail', logTailQuery, { last }, options)
        return { items: toListPage(maybeObjectAt(run, 'logLines'), toConsoleLine).items, next: undefined }
      }
      const run = await askRun('RunConsoleLogPage', logLinesQuery, { first: perPage, after: cursor ?? null }, options)
      return toListPage(maybeObjectAt(run, 'logLines'), toConsoleLine)
    },
  })
}

function toConsoleLine(node: JsonObject): ConsoleLine {
  return {
    number: maybeNumberAt(node, 'number') ?? 0,
    text: maybeTextAt(node, 'line') ?? '',
    level: node.level === 'error' ? 'error' : 'info',
    printedAt: maybeDateAt(node, 'timestamp'),
    label: maybeTextAt(node, 'label'),
  }
}
