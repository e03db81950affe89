import { LosslineError } from '@lossline/protocol'
import type { Effects } from './effects.ts'

/** How an error is told. */
export interface ReportErrorOptions {
  /** As one JSON object. */
  readonly isJson: boolean
  /** With the stack and the causes. */
  readonly isVerbose: boolean
}

/** Tells of an error on standard error: one line and a hint, or one JSON object. */
export function reportError(error: unknown, effects: Effects, { isJson, isVerbose }: ReportErrorOptions): void {
  const { code, message, hint } = toFacts(error)
  if (isJson) effects.note(JSON.stringify({ error: { code, message, ...(hint === undefined ? {} : { hint }) } }))
  else effects.note(`lossline: ${message}${hint === undefined ? '' : `\n  ${hint}`}`)
  if (isVerbose) for (const line of stacksOf(error)) effects.note(line)
}

function toFacts(error: unknown): { code: string; message: string; hint: string | undefined } {
  if (LosslineError.isInstance(error)) return error
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'internal', message, hint: 'This was not expected: --verbose shows where it happened.' }
}

function* stacksOf(error: unknown): Generator<string> {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) yield cause.stack ?? cause.message
}
