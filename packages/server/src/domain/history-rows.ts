import { stringifyNumber } from '@lossline/protocol'
import type { HistoryRow, RunRow, SampledRows, Store, Stream } from '@lossline/store'
import { createPause } from './pauses.ts'
import { type SampledKeys, sampleKeys } from './sample-keys.ts'
import { thin } from './thin.ts'

/** Reads rows back as they were logged. */
export interface HistoryRows {
  /** Rows with `fromStep` ≤ step < `toStep`, ascending. */
  range(run: RunRow, fromStep: number, toStep: number, limit: number): Promise<readonly HistoryRow[]>
  /** The newest row. */
  tail(run: RunRow, stream: Stream): Promise<HistoryRow | undefined>
  /** At most `count` rows, evenly spread over the steps, first and last included. */
  sample(run: RunRow, stream: Stream, count: number): Promise<readonly HistoryRow[]>
  /** Rows that have all the keys, as lists of JSON texts in the order of `keys`; evenly thinned to `count`. */
  sampleKeys(run: RunRow, query: SampledKeys): Promise<readonly (readonly string[])[]>
}

/** Up to this many lines a run is read whole and then thinned; beyond, only the rows that are wanted are looked up. */
const wholeRowCountMax = 5_000

export function createHistoryRows(store: Store): HistoryRows {
  const last = async (run: RunRow, stream: Stream): Promise<HistoryRow | undefined> =>
    (await store.rows({ run: run.id, stream, fromEnd: true, limit: 1 }))[0]

  return {
    range: (run, fromStep, toStep, limit) => store.rows({ run: run.id, fromStep, toStep: toStep - 1, limit }),
    tail: last,
    async sample(run, stream, count) {
      const lineCount = stream === 'history' ? run.historyLineCount : run.eventsLineCount
      if (lineCount <= Math.max(wholeRowCountMax, count)) return thin(await store.rows({ run: run.id, stream }), count)
      const sampled = count < 1 ? undefined : await store.sampleRows({ run: run.id, stream, count })
      if (sampled !== undefined) return toRows(sampled)
      const [first] = await store.rows({ run: run.id, stream, limit: 1 })
      const end = await last(run, stream)
      if (first === undefined || end === undefined) return []
      const pause = createPause()
      const found = new Map([[first.step, first]])
      for (let i = 1; i < count - 1; i++) {
        const fromStep = Math.round(first.step + ((end.step - first.step) * i) / (count - 1))
        for (const row of await store.rows({ run: run.id, stream, fromStep, limit: 1 })) found.set(row.step, row)
        await pause()
      }
      found.set(end.step, end)
      return [...found.values()].sort((a, b) => a.step - b.step).slice(-count)
    },
    sampleKeys: (run, query) => sampleKeys(store, run, query),
  }
}

function toRows({ keys, steps, columns }: SampledRows): HistoryRow[] {
  return Array.from(steps, (step, row) => ({
    step,
    values: new Map(keys.map((key, column) => [key, stringifyNumber(columns[column]![row]!)])),
  }))
}
