import type { RunRow, Store } from '@lossline/store'

/** Values of sweeps' metrics, read once for each change of a run's history: a search asks for all of them over and over. */
export interface MetricHistories {
  /** All numbers of a run's key, in the order of its steps. */
  read(store: Store, run: RunRow, key: string): Promise<readonly number[]>
}

/** So many numbers are kept at most, those that were asked for last: 32 MiB. */
const keptCountMax = 4 * 2 ** 20

export function createMetricHistories(): MetricHistories {
  const kept = new Map<string, { readonly revision: number; readonly values: readonly number[] }>()
  let keptCount = 0
  const forget = (name: string): void => {
    keptCount -= kept.get(name)?.values.length ?? 0
    kept.delete(name)
  }
  return {
    async read(store, run, key) {
      const name = `${run.id} ${key}`
      const known = kept.get(name)
      const isCurrent = known?.revision === run.historyRevision
      const values = isCurrent ? known.values : Array.from((await store.column({ run: run.id, key })).values)
      forget(name)
      kept.set(name, { revision: run.historyRevision, values })
      keptCount += values.length
      for (const oldest of kept.keys()) {
        if (keptCount <= keptCountMax || oldest === name) break
        forget(oldest)
      }
      return values
    },
  }
}
