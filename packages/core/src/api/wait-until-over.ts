import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { InvalidOptionError } from '../options/invalid-option-error.ts'
import { pause } from '../server/pause.ts'
import { WaitTimeoutError } from './api-errors.ts'
import { type RequestOptions, requestOptionNames } from './listing.ts'
import { runStateQuery } from './run-documents.ts'
import { isOver } from './run-facts.ts'
import type { AskAboutRun } from './run-history.ts'
import { maybeTextAt } from './wire-values.ts'

/** How {@link StoredRun.waitUntilFinished} waits. */
export interface WaitUntilFinishedOptions extends RequestOptions {
  /** Longest wait. Default: for ever. */
  readonly timeoutMs?: number | undefined
  /** Time between two questions. Default: 5000 ms, as in W&B's client. */
  readonly pollIntervalMs?: number | undefined
}

const waitOptionNames: OptionNames<WaitUntilFinishedOptions> = {
  ...requestOptionNames,
  timeoutMs: true,
  pollIntervalMs: true,
}

/** Asks for the state of a run until it is over. */
export async function waitUntilOver(
  askRun: AskAboutRun,
  what: string,
  options: WaitUntilFinishedOptions,
): Promise<void> {
  checkOptions('waitUntilFinished', options, waitOptionNames)
  const { timeoutMs = Number.POSITIVE_INFINITY, pollIntervalMs = 5000, signal } = options
  if (!(pollIntervalMs > 0))
    throw new InvalidOptionError(
      'waitUntilFinished',
      'pollIntervalMs is above 0.',
      'It is the time between two looks; leave it out for the default.',
    )
  const endMs = performance.now() + timeoutMs
  for (;;) {
    const run = await askRun('RunState', runStateQuery, {}, { signal })
    if (isOver(maybeTextAt(run, 'state') ?? '')) return
    const leftMs = endMs - performance.now()
    if (leftMs <= 0) throw new WaitTimeoutError(what, timeoutMs)
    await pause(Math.min(pollIntervalMs, leftMs), signal)
  }
}
