import { createReservoir } from '@lossline/evaluation'

/** A place in the sample that is filled when the call has ended; calls may end in another order than they began. */
export interface SampleSlot<Row> {
  row?: Row
}

/** Which inputs become rows of the table. */
export interface RowSampler<Row> {
  /** Decides about the next input: its place in the sample, or `undefined` when it gets none. */
  next(): SampleSlot<Row> | undefined
  /** The rows that are there, in the order in which their calls began. */
  rows(): Row[]
}

/** Settings of {@link createRowSampler}. */
export interface RowSamplerOptions {
  /** Takes each `every`-th input: a whole number from 1. */
  readonly every: number
  /** Rows at most: a whole number from 0. */
  readonly maxRows: number
  /** Whether all inputs have the same chance, instead of the first ones being taken. */
  readonly reservoir: boolean
  readonly seed?: number | undefined
}

/** Makes the sample of one table: the first inputs, or a fair choice of all of them. */
export function createRowSampler<Row>({ every, maxRows, reservoir, seed }: RowSamplerOptions): RowSampler<Row> {
  const sample = createReservoir<SampleSlot<Row>>({ size: maxRows, seed })
  let inputCount = 0
  return {
    next() {
      const isDue = inputCount % every === 0
      inputCount += 1
      if (!isDue || (!reservoir && sample.offeredCount >= maxRows)) return undefined
      const slot: SampleSlot<Row> = {}
      return sample.offer(slot) ? slot : undefined
    },
    rows: () => sample.items().flatMap(({ row }) => (row === undefined ? [] : [row])),
  }
}
