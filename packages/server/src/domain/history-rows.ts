import type { HistoryRow, RunRow, Store, Stream } from '@lossline/store'
import { type SampledKeys, sampleKeys } from './sample-keys.ts'

/** Reads rows back as they were logged. */
export interface HistoryRows {
  /** Rows with `fromStep` ≤ step < `toStep`, ascending. */
  range(run: RunRow, fromStep: number, toStep: number, limit: number): Promise<readonly HistoryRow[]>
  /** The newest row. */
  tail(run: RunRow, stream: Stream): Promise<HistoryRow | undefined>
  /** At most `count` rows, evenly spread, first and last included. */
  sample(run: RunRow, stream: Stream, count: number): Promise<readonly HistoryRow[]>
  /** Rows that have all the keys, as lists of JSON texts in the order of `keys`; evenly thinned to `count`. */
  sampleKeys(run: RunRow, query: SampledKeys): Promise<readonly (readonly string[])[]>
}

export function createHistoryRows(store: Store): HistoryRows {
  return {
    range: (run, fromStep, toStep, limit) => store.rows({ run: run.id, fromStep, toStep: toStep - 1, limit }),
    tail: async (run, stream) => (await store.rows({ run: run.id, stream, fromEnd: true, limit: 1 }))[0],
    sample: (run, stream, count) => store.sampleRows({ run: run.id, stream, count }),
    sampleKeys: (run, query) => sampleKeys(store, run, query),
  }
}
