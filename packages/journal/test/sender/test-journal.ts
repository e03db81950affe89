import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { createFramer, encodeRecord, type WandbRecordBody } from '@lossline/protocol'
import type { SenderClock } from '../../src/sender/clock.ts'

/** A journal that a test writes record by record. */
export interface TestJournal {
  readonly runDirectory: string
  readonly journalPath: string
  readonly size: number
  append(...bodies: readonly WandbRecordBody[]): void
  /** Appends rows with these steps; `loss` is the step divided by ten. */
  appendRows(from: number, to: number): void
}

/** Makes the journal of run `testrun1` with its header and run record. */
export function createTestJournal(
  parent: string,
  run: Partial<Extract<WandbRecordBody, { kind: 'run' }>['run']> = {},
): TestJournal {
  const runDirectory = join(parent, 'run-20261125_000000-testrun1')
  const journalPath = join(runDirectory, 'run-testrun1.wandb')
  mkdirSync(join(runDirectory, 'files'), { recursive: true })
  const framer = createFramer({ crc32 })
  let num = 0

  function append(...bodies: readonly WandbRecordBody[]): void {
    for (const body of bodies) {
      num += 1
      framer.append(encodeRecord({ ...body, num }))
    }
    appendFileSync(journalPath, framer.bytes())
    framer.clear()
  }

  append(
    { kind: 'header', header: { versionInfo: { producer: 'test', minConsumer: '0.70.0' } } },
    { kind: 'run', run: { runId: 'testrun1', project: 'digits', startTime: { seconds: 1_795_000_000 }, ...run } },
  )
  return {
    runDirectory,
    journalPath,
    append,
    get size() {
      return framer.fileOffset
    },
    appendRows(from, to) {
      const rows: WandbRecordBody[] = []
      for (let step = from; step < to; step += 1) rows.push(toRow(step))
      append(...rows)
    },
  }
}

function toRow(step: number): WandbRecordBody {
  return {
    kind: 'history',
    history: {
      item: [
        { nestedKey: ['loss'], valueJson: String(step / 10) },
        { nestedKey: ['_timestamp'], valueJson: String(1_795_000_000 + step) },
        { nestedKey: ['_step'], valueJson: String(step) },
      ],
      step: { num: step },
    },
  }
}

/** The line that such a row becomes. */
export function lineOf(step: number): string {
  return `{"loss":${step / 10},"_timestamp":${1_795_000_000 + step},"_step":${step}}`
}

export function linesOf(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => lineOf(from + index))
}

/** Real time, but waits take a thousandth; `waits` notes what they would have been. */
export function createQuickClock(): SenderClock & { readonly waits: number[] } {
  const waits: number[] = []
  return {
    waits,
    now: () => Date.now(),
    setTimeout(callback, delayMs) {
      // Time limits of requests are timers too, and are to stay as they are.
      if (delayMs >= 30_000 && delayMs % 1000 === 0) return setTimeout(callback, delayMs)
      waits.push(delayMs)
      return setTimeout(callback, delayMs / 1000)
    },
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  }
}
