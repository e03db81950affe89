import type { AlertRecord } from '@lossline/protocol'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { InvalidOptionError } from '../options/invalid-option-error.ts'
import { describeValue } from '../values/describe-value.ts'

/** How urgent an alert is. */
export type AlertLevel = 'info' | 'warn' | 'error'

/** A message to people. */
export interface AlertOptions {
  /** In a few words; 1–200 characters. */
  readonly title: string
  /** Default: none. */
  readonly text?: string | undefined
  /** Default: `info`. */
  readonly level?: AlertLevel | undefined
  /** An alert of the same title is not told again for so long, milliseconds. Default: 60,000. */
  readonly waitDurationMs?: number | undefined
}

const alertOptionNames: OptionNames<AlertOptions> = { title: true, text: true, level: true, waitDurationMs: true }

const titleLengthMax = 200
const waitDurationMsDefault = 60_000

/** @throws {@link InvalidOptionError} when the title, the level or the time cannot be. */
export function toAlertRecord(options: AlertOptions): AlertRecord {
  if (options === undefined) throw new InvalidOptionError('alert', 'an alert has a title.', "Pass { title: 'done' }.")
  checkOptions('alert', options, alertOptionNames)
  const { title, text = '', level = 'info', waitDurationMs } = options
  if (typeof title !== 'string' || title === '' || title.length > titleLengthMax) {
    throw new InvalidOptionError(
      'alert',
      `title is a text of 1 to ${titleLengthMax} characters.`,
      "Say the rest in text: { title: 'done', text: 'the loss is 0.01' }.",
    )
  }
  if (!['info', 'warn', 'error'].includes(level)) {
    throw new InvalidOptionError(
      'alert',
      `level is info, warn or error, not ${describeValue(level)}.`,
      "Pass level: 'warn', or leave it out for info.",
    )
  }
  const waitDuration = waitDurationMs ?? waitDurationMsDefault
  if (!Number.isFinite(waitDuration) || waitDuration < 0) {
    throw new InvalidOptionError(
      'alert',
      'waitDurationMs is a number of milliseconds from 0.',
      'Leave it out for a minute, or pass 0 to tell every alert.',
    )
  }
  return { title, text: String(text), level: level.toUpperCase(), waitDuration: Math.round(waitDuration) }
}
