import type { RunRow, Store } from '@lossline/store'
import { createRecentReads } from './recent-reads.ts'
import { figuresOfRun, type RunFigures } from './run-figures.ts'

/** What the finite values of a metric of history come to in a run; undefined: there is none. */
export type LoadFigures = (run: Pick<RunRow, 'id' | 'historyRevision'>, key: string) => Promise<RunFigures | undefined>

/** Those of some columns of a large project. */
const keptCountMax = 50_000

/**
 * Reads what metrics come to, each once however many ask at the same time, and keeps what was asked for last. A run that logs on
 * is read anew.
 *
 * @param countMax - How many are kept: the least recently used go first. Default: 50,000.
 */
export function createLoadFigures(store: Pick<Store, 'buckets'>, countMax: number = keptCountMax): LoadFigures {
  const recent = createRecentReads<RunFigures | undefined>({ weightMax: countMax, weigh: () => 1 })
  return (run, key) =>
    recent(`${run.id} ${run.historyRevision} ${key}`, () => figuresOfRun(store, run.id, { key, stream: 'history' }))
}
