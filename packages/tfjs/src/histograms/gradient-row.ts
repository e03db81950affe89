import { Histogram } from '@lossline/core'
import type { LoggedValue } from '../run-like.ts'
import type { Gradient } from './watch-optimizer.ts'

export interface GradientRowOptions {
  readonly prefix: string
  /** Bins of a histogram; `undefined`: norms alone. */
  readonly binCount: number | undefined
  /** Name for people of a variable. */
  nameOf(name: string): string
}

/** Norms and histograms of the gradients of one step. */
export function toGradientRow(
  gradients: readonly Gradient[],
  { prefix, binCount, nameOf }: GradientRowOptions,
): Record<string, LoggedValue> {
  const row: Record<string, LoggedValue> = {}
  let sum = 0
  for (const { name, values } of gradients) {
    const squares = sumOfSquares(values)
    sum += squares
    const readable = nameOf(name)
    row[`${prefix}gradient_norm/${readable}`] = Math.sqrt(squares)
    const histogram = binCount === undefined ? undefined : toHistogram(values, binCount)
    if (histogram !== undefined) row[`${prefix}gradients/${readable}`] = histogram
  }
  row[`${prefix}gradient_norm/global`] = Math.sqrt(sum)
  return row
}

/** A histogram of the finite values; `undefined` when there is none, which the norms tell. */
export function toHistogram(values: ArrayLike<number>, binCount: number): Histogram | undefined {
  for (let index = 0; index < values.length; index += 1) {
    if (Number.isFinite(values[index])) return new Histogram(values, { binCount })
  }
  return undefined
}

function sumOfSquares(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number
    sum += value * value
  }
  return sum
}
