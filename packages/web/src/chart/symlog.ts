import type { Range } from '../view/address/url-state.ts'
import { logTicks } from './ticks.ts'

/** Decades between the largest value of an axis and where it turns linear. */
const decades = 3

/** The value up to which a symlog axis of this range is linear: a power of ten, so that a little more data does not change it. */
export function symlogUnit([low, high]: Range): number {
  const largest = Math.max(Math.abs(low), Math.abs(high))
  return largest > 0 ? 10 ** (Math.floor(Math.log10(largest)) - decades) : 1
}

/** A value as a place on the axis, which is spread evenly. */
export function toSymlog(value: number, unit: number): number {
  return Math.asinh(value / unit)
}

/** And back. */
export function fromSymlog(place: number, unit: number): number {
  return Math.sinh(place) * unit
}

/** Places of ticks on a symlog axis: powers of ten on both sides, and 0 between them. */
export function symlogTicks(low: number, high: number): number[] {
  if (low >= high) return []
  const unit = symlogUnit([low, high])
  if (low > unit) return logTicks(low, high)
  if (high < -unit) return negated(logTicks(-high, -low))
  // What is nearer to 0 stands too close to it for a label.
  const nearest = unit * 10
  const above = high > nearest ? logTicks(nearest, high).filter(isPowerOfTen) : []
  const below = low < -nearest ? negated(logTicks(nearest, -low).filter(isPowerOfTen)) : []
  return [...below, ...(low <= 0 && high >= 0 ? [0] : []), ...above]
}

function negated(ticks: readonly number[]): number[] {
  return ticks.map((tick) => -tick).reverse()
}

function isPowerOfTen(tick: number): boolean {
  return Number.isInteger(Number(Math.log10(tick).toFixed(9)))
}
