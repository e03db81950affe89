import type { RunWriter } from '@lossline/journal'
import { InvalidMetricsError, InvalidStepError } from '../errors.ts'
import { hasSymbolKeys } from '../values/has-symbol-keys.ts'
import type { SkippedValues } from '../values/skipped-values.ts'
import type { RowPart } from '../values/to-leaves.ts'
import type { CallOptions } from './call-options.ts'
import type { RowParts } from './row-parts.ts'
import type { LogOptions, Metrics } from './run.ts'

/** Brings rows into the journal of a run. */
export interface RowLog {
  /** See {@link Run.log}. */
  log(metrics: Metrics, options?: LogOptions): void
}

export interface CreateRowLogOptions {
  readonly writer: Pick<RunWriter, 'logRow' | 'tryLogNumbers'>
  readonly rowParts: RowParts
  readonly skipped: SkippedValues
  readonly callOptions: CallOptions
}

// Rows at the start whose keys are all checked; later it is one in as many.
const rowsLookedAt = 1000

export function createRowLog({ writer, rowParts, skipped, callOptions }: CreateRowLogOptions): RowLog {
  let rowCount = 0

  /** Whether a row needs no closer look: a plain object without symbols for keys. */
  function isOrdinary(metrics: unknown): metrics is object {
    if (typeof metrics !== 'object' || metrics === null || Object.getPrototypeOf(metrics) !== Object.prototype)
      return false
    // The look for symbols costs as much as the rest of the fast path; a program that uses one does so soon.
    rowCount += 1
    const isLookedAt = rowCount <= rowsLookedAt || rowCount % rowsLookedAt === 0
    return !isLookedAt || !hasSymbolKeys(metrics)
  }

  function tryLogNumbers(metrics: object, step?: number): boolean {
    try {
      return writer.tryLogNumbers(metrics, step)
    } catch {
      // A getter threw: the slow path leaves that metric out.
      return false
    }
  }

  function logAny(metrics: Metrics, options: LogOptions | undefined): void {
    const { step, commit } = callOptions.ofLog(options)
    if (step !== undefined && !(Number.isSafeInteger(step) && step >= 0)) throw new InvalidStepError(step)
    if (!isRow(metrics)) throw new InvalidMetricsError(metrics)
    const isFast = step !== undefined && commit === undefined && isOrdinary(metrics)
    if (isFast && tryLogNumbers(metrics, step)) return
    const outcome = rowParts.logRow(
      metrics,
      (parts) =>
        writer.logRow({
          items: parts.filter(isOwn),
          ...(step === undefined ? {} : { step }),
          ...(commit === undefined ? {} : { commit }),
        }),
      (result) => result === 'logged',
    )
    if (outcome === 'step-too-low') skipped.count('step-too-low', [])
  }

  return {
    log(metrics, options) {
      // Numbers of plain objects, nearly all rows there are, go straight into the ring.
      if (options === undefined && isOrdinary(metrics) && tryLogNumbers(metrics)) return
      logAny(metrics, options)
    },
  }
}

/** The step is the row's own; W&B too discards one that the program names itself. */
function isOwn({ path }: RowPart): boolean {
  return path.length > 1 || path[0] !== '_step'
}

/** Whether a value names metrics: any object that is not a list, a collection, a date, bytes or a promise. */
function isRow(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return false
  return ![Map, Set, Date, Promise].some((type) => value instanceof type)
}
