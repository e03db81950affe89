import type { HistogramSnapshot, JsonSnapshot, MediaArray } from '@lossline/journal'
import { stringifyJson } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { checkObject } from './check-arguments.ts'
import { MediaValue } from './media-value.ts'

/** Numbers that were counted elsewhere. */
export interface HistogramCounts {
  /** How many numbers are in each bin. */
  readonly counts: ArrayLike<number>
  /** Borders of the bins: one more than there are bins. */
  readonly edges: ArrayLike<number>
}

/** How numbers are counted. */
export interface HistogramOptions {
  /** Number of bins, 1 to 512. Default 64. */
  readonly binCount?: number
}

const histogramOptionNames: OptionNames<HistogramOptions> = { binCount: true }

// What W&B's pages show.
const binCountMax = 512
const binCountDefault = 64
const numbersHint = 'Pass an array or typed array of numbers, or { counts, edges }.'

/**
 * A distribution of numbers, counted into bins of equal width as numpy's `histogram` does it.
 *
 * @example run.log({ weights: new Histogram(await layer.getWeights()[0].data(), { binCount: 32 }) })
 */
export class Histogram extends MediaValue {
  readonly #snapshot: HistogramSnapshot | JsonSnapshot

  /**
   * @param numbers - The numbers, of which NaN, null and infinities are left out, or counts with the borders of their bins.
   *   Typed arrays are copied when the histogram is logged.
   * @throws {@link InvalidMediaError} when no number is finite, or counts and edges do not go together.
   */
  constructor(numbers: ArrayLike<number> | HistogramCounts, options: HistogramOptions = {}) {
    super()
    checkOptions('new Histogram', options, histogramOptionNames)
    checkObject(numbers, 'The numbers of a histogram', numbersHint)
    const { binCount = binCountDefault } = options
    this.#snapshot = 'counts' in numbers ? fromCounts(numbers) : fromNumbers(numbers, binCount)
  }

  toSnapshot(): HistogramSnapshot | JsonSnapshot {
    return this.#snapshot
  }
}

function fromCounts({ counts, edges }: HistogramCounts): JsonSnapshot {
  if (!isNumberList(counts) || !isNumberList(edges)) {
    throw new InvalidMediaError('counts and edges are lists of numbers.', numbersHint)
  }
  checkBinCount(counts.length)
  const values = Array.from(counts)
  const bins = Array.from(edges)
  const isSorted = bins.every((edge, index) => index === 0 || edge >= (bins[index - 1] as number))
  if (bins.length !== values.length + 1 || !isSorted || ![...values, ...bins].every(Number.isFinite)) {
    throw new InvalidMediaError(
      `A histogram of ${values.length} counts has ${values.length + 1} finite edges in ascending order; these are ${bins.length}.`,
      'Pass the borders of the bins: the first, those in between, and the last.',
    )
  }
  return { kind: 'json', json: stringifyJson({ _type: 'histogram', values, bins }) }
}

function fromNumbers(numbers: ArrayLike<number>, binCount: number): HistogramSnapshot {
  checkBinCount(binCount)
  if (!isNumberList(numbers)) {
    throw new InvalidMediaError(`A histogram counts a list of numbers, not ${describeWrong(numbers)}.`, numbersHint)
  }
  // JSON has null for NaN, and a number made of it would be 0.
  const data = isMediaArray(numbers) ? numbers : Float64Array.from(numbers, (value) => value ?? Number.NaN)
  for (let index = 0; index < data.length; index += 1) {
    if (Number.isFinite(data[index])) return { kind: 'histogram', content: { kind: 'numbers', data }, binCount }
  }
  throw new InvalidMediaError(
    `A histogram needs a finite number; none of these ${data.length} is.`,
    'Look where NaN comes from, or do not log a histogram of nothing.',
  )
}

function checkBinCount(binCount: number): void {
  if (Number.isSafeInteger(binCount) && binCount >= 1 && binCount <= binCountMax) return
  throw new InvalidMediaError(
    `A histogram has 1 to ${binCountMax} bins, not ${describeValue(binCount)}.`,
    'W&B shows no more; count into fewer bins.',
  )
}

function isNumberList(value: unknown): value is ArrayLike<number> {
  if (Array.isArray(value)) return value.every((member) => member === null || typeof member === 'number')
  return (
    ArrayBuffer.isView(value) &&
    'length' in value &&
    !(value instanceof BigInt64Array || value instanceof BigUint64Array)
  )
}

/** What is wrong with what is no list of numbers: a member of it, if it is a list. */
function describeWrong(value: unknown): string {
  if (!Array.isArray(value)) return describeValue(value)
  const index = value.findIndex((member) => member !== null && typeof member !== 'number')
  return `one whose member ${index} is ${describeValue(value[index])}`
}

function isMediaArray(value: unknown): value is MediaArray {
  const kinds = [Float32Array, Float64Array, Int32Array, Int16Array, Uint8Array, Uint8ClampedArray]
  return kinds.some((kind) => value instanceof kind)
}
