import type { MediaSnapshot } from '@lossline/journal'
import type { JsonValue } from '@lossline/protocol'

const mark: unique symbol = Symbol.for('lossline.media') as never

/** Where a value is logged. */
export interface MediaPlace {
  /** Stands for the run: the same object for the same run. */
  readonly run: object
  /** Innermost key of the value. */
  readonly key: string
  /** What an earlier process of the run left in the summary at the value's path; undefined if there was none. */
  readonly earlier?: JsonValue | undefined
  /** Tells the user once that something about the value is not as it may seem. */
  onSkip(reason: 'table-changed' | 'table-rows'): void
  /** Called with what undoes the snapshot, should the row not be logged after all. */
  onUndo(undo: () => void): void
}

/**
 * Base of all values that become files or objects of their own kind in a run: images, audio, tables. Log them with
 * `run.log({ name: value })`, or put them into the summary, tables and artifacts.
 */
export abstract class MediaValue {
  constructor() {
    Object.defineProperty(this, mark, { value: true })
  }

  /** The value as plain data. Arrays in it are the caller's: they are copied when it is logged. */
  abstract toSnapshot(place?: MediaPlace): MediaSnapshot
}

/** Whether a value is media; also true for those of another copy of this package. */
export function isMediaValue(value: unknown): value is MediaValue {
  return typeof value === 'object' && value !== null && mark in value
}
