import type { Parameter } from '../config/parameter.ts'
import { incompleteBeta, inverseIncompleteBeta } from './incomplete-beta.ts'
import { normalCdf, normalQuantile } from './standard-normal.ts'

/** A parameter with a distribution of numbers. */
export type NumberParameter = Exclude<Parameter, { readonly kind: 'constant' | 'categorical' | 'nested' }>

/** Shares are kept this far from 0 and 1 where a distribution has no finite quantile at them. */
const shareMin = 2 ** -53

/**
 * The value below which `share` of a parameter's distribution lies, rounded to its step if it has one. Rounded values are not
 * clipped to the range, as W&B's are not.
 *
 * @param share - In [0, 1]. At its ends are those of the range; what has no ends is kept a little inside.
 */
export function quantile(parameter: NumberParameter, share: number): number {
  const value = continuousQuantile(parameter, clamp(share, 0, 1))
  return 'step' in parameter ? roundHalfToEven(value / parameter.step.size) * parameter.step.size : value
}

/** The share of a parameter's distribution that lies at or below a value; a step does not count. */
export function distribution(parameter: NumberParameter, value: number): number {
  switch (parameter.kind) {
    case 'int_uniform':
      return clamp((value - parameter.min + 1) / (parameter.max - parameter.min + 1), 0, 1)
    case 'uniform':
    case 'q_uniform':
      return uniformShare(value, parameter.min, parameter.max)
    case 'normal':
    case 'q_normal':
      return normalShare(value, parameter)
    case 'log_normal':
    case 'q_log_normal':
      return normalShare(logOf(value), parameter)
    case 'beta':
    case 'q_beta':
      return incompleteBeta(value, parameter.a, parameter.b)
    default:
      return uniformShare(logOf(value), ...logBounds(parameter))
  }
}

function continuousQuantile(parameter: NumberParameter, share: number): number {
  switch (parameter.kind) {
    case 'int_uniform': {
      const count = parameter.max - parameter.min + 1
      return parameter.min + clamp(Math.ceil(share * count) - 1, 0, count - 1)
    }
    case 'uniform':
    case 'q_uniform':
      return parameter.min + share * (parameter.max - parameter.min)
    case 'normal':
    case 'q_normal':
      return parameter.mu + parameter.sigma * normalQuantile(clamp(share, shareMin, 1 - shareMin))
    case 'log_normal':
    case 'q_log_normal':
      return Math.exp(parameter.mu + parameter.sigma * normalQuantile(clamp(share, shareMin, 1 - shareMin)))
    case 'beta':
    case 'q_beta':
      return inverseIncompleteBeta(share, parameter.a, parameter.b)
    default: {
      const [low, high] = logBounds(parameter)
      const value = Math.exp(low + share * (high - low))
      if (!parameter.kind.endsWith('_values')) return value
      // The exponential of a logarithm may differ in its last digit.
      return share === 0 ? parameter.min : share === 1 ? parameter.max : clamp(value, parameter.min, parameter.max)
    }
  }
}

/** Natural logarithms of the ends. The `inv_` forms have W&B's values: reversed twice, they are those of the others. */
function logBounds({
  kind,
  min,
  max,
}: {
  readonly kind: NumberParameter['kind']
  readonly min: number
  readonly max: number
}): readonly [low: number, high: number] {
  if (kind === 'log_uniform' || kind === 'q_log_uniform') return [min, max]
  if (kind === 'inv_log_uniform') return [-max, -min]
  return [Math.log(min), Math.log(max)]
}

function uniformShare(value: number, low: number, high: number): number {
  return high > low ? clamp((value - low) / (high - low), 0, 1) : value < low ? 0 : 1
}

function normalShare(value: number, { mu, sigma }: { readonly mu: number; readonly sigma: number }): number {
  return sigma === 0 ? Number(value >= mu) : normalCdf((value - mu) / sigma)
}

/** What has no logarithm lies below everything that has. */
function logOf(value: number): number {
  return value > 0 ? Math.log(value) : Number.NEGATIVE_INFINITY
}

/** As Python and NumPy round. */
function roundHalfToEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  if (rest !== 0.5) return Math.round(value)
  return below % 2 === 0 ? below : below + 1
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
