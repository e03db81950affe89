import type { Store } from '@lossline/store'
import type { Clock } from '../../clock.ts'
import type { ChangeFeed } from '../change-feed.ts'
import type { KeyedQueue } from '../keyed-queue.ts'
import type { Runs } from '../runs.ts'
import type { MetricHistories } from './metric-histories.ts'
import type { SuggestionThread } from './suggestion-thread.ts'
import { createSweepAgents, type SweepAgents } from './sweep-agents.ts'
import { createSweepSearch } from './sweep-search.ts'
import type { SweepWatch } from './sweep-watch.ts'
import { createSweeps, type Sweeps } from './sweeps.ts'

/** All that has to do with sweeps. */
export interface SweepServices {
  readonly sweeps: Sweeps
  readonly sweepAgents: SweepAgents
}

/** What sweeps over all views of one store share. */
export interface SharedBySweeps {
  /** Agents of a sweep are heard one after the other. */
  readonly turns: KeyedQueue
  readonly histories: MetricHistories
  readonly watch: SweepWatch
  readonly suggestionThread: SuggestionThread
}

export function createSweepServices(options: {
  readonly store: Store
  readonly runs: Runs
  readonly clock: Clock
  readonly changes: ChangeFeed
  readonly shared: SharedBySweeps
}): SweepServices {
  const { store, runs, clock, changes, shared } = options
  const sweeps = createSweeps({ store, runs, clock, changes })
  const search = createSweepSearch({ store, runs, sweeps, suggestionThread: shared.suggestionThread })
  return { sweeps, sweepAgents: createSweepAgents({ store, runs, clock, changes, shared, search }) }
}
