import { type ConfigValue, isConfigMap, isConfigNumber } from '../config/config-value.ts'
import { SweepConfigError } from '../config/sweep-config-error.ts'

/** W&B's hyperband: when runs are compared, and how many go on. */
export interface Hyperband {
  readonly kind: 'hyperband'
  /** Counts of logged values of the metric at which runs are compared, ascending. */
  readonly bands: readonly number[]
  /** Of `eta` runs one goes on. */
  readonly eta: number
  /** The value at the band is compared; false: the best one up to now. */
  readonly isStrict: boolean
}

/** Asynchronous successive halving (Li et al., 2020): a run stops unless it is among the best 1/eta of all that came to its rung. */
export interface SuccessiveHalving {
  readonly kind: 'asha'
  /** Counts of logged values of the metric, ascending. */
  readonly rungs: readonly number[]
  readonly eta: number
}

/** The median rule (Golovin et al., 2017): a run stops whose best value is worse than the median of the others' averages. */
export interface MedianRule {
  readonly kind: 'median'
  /** No run stops before it has logged so many values. */
  readonly valueCountMin: number
  /** Nor before so many runs have come as far. */
  readonly runCountMin: number
}

/** How runs that do badly are found. */
export type EarlyTermination = Hyperband | SuccessiveHalving | MedianRule

const bandCountMax = 100

/**
 * Reads `early_terminate`. W&B knows `hyperband` alone; `asha` (`min_iter`, `max_iter`, `eta`) and `median` (`min_iter`,
 * `min_runs`) are ours. Keys that mean nothing are dropped, as W&B drops them.
 *
 * @returns undefined where nothing is said
 * @throws {@link SweepConfigError} for what cannot be followed
 */
export function readEarlyTermination(value: ConfigValue | undefined): EarlyTermination | undefined {
  if (value === undefined || value === null) return undefined
  if (!isConfigMap(value))
    throw new SweepConfigError('early_terminate must be a mapping with a type, such as hyperband.')
  const number = (key: string): number | undefined => {
    const of = value.get(key)
    if (of === undefined || of === null) return undefined
    if (!isConfigNumber(of) || !Number.isFinite(of.value))
      throw new SweepConfigError(`early_terminate.${key} must be a number.`)
    return of.value
  }
  const type = value.get('type')
  const eta = number('eta') ?? 3
  if (!(eta > 1)) throw new SweepConfigError('early_terminate.eta must be more than 1.')
  const minIterations = number('min_iter')
  if (minIterations !== undefined && minIterations < 1)
    throw new SweepConfigError('early_terminate.min_iter must be 1 or more.')
  switch (type) {
    case 'hyperband': {
      const bands = bandsOf({ minIterations, maxIterations: number('max_iter'), count: number('s'), eta })
      return { kind: 'hyperband', bands, eta, isStrict: value.get('strict') !== false }
    }
    case 'asha':
      return { kind: 'asha', rungs: growingBands(minIterations ?? 1, eta, number('max_iter')), eta }
    case 'median':
      return { kind: 'median', valueCountMin: minIterations ?? 1, runCountMin: number('min_runs') ?? 3 }
    default:
      throw new SweepConfigError('early_terminate.type must be hyperband, asha or median.')
  }
}

interface BandOptions {
  readonly minIterations: number | undefined
  readonly maxIterations: number | undefined
  readonly count: number | undefined
  readonly eta: number
}

/** Down from `max_iter` in `s` steps, else up from `min_iter` without end. */
function bandsOf({ minIterations, maxIterations, count, eta }: BandOptions): readonly number[] {
  if (maxIterations !== undefined && count !== undefined) {
    const bands = new Set<number>()
    let band = maxIterations
    for (let i = 0; i < count; i++) {
      band /= eta
      if (band < 1) break
      bands.add(Math.trunc(band))
    }
    if (bands.size === 0) {
      throw new SweepConfigError('early_terminate has no band: max_iter must be at least eta, and s at least 1.')
    }
    return [...bands].sort((one, other) => one - other)
  }
  if (minIterations === undefined) {
    throw new SweepConfigError('early_terminate needs min_iter, or max_iter together with s.')
  }
  return growingBands(minIterations, eta, undefined)
}

function growingBands(from: number, eta: number, to: number | undefined): readonly number[] {
  const bands = new Set<number>()
  let band = from
  for (let i = 0; i < bandCountMax && Number.isSafeInteger(Math.trunc(band)) && band <= (to ?? Infinity); i++) {
    bands.add(Math.trunc(band))
    band *= eta
  }
  return [...bands]
}
