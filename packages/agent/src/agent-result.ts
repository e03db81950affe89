import type { BestRun } from './best-run.ts'
import type { AgentSummary } from './loop/tally.ts'

/** What became of an agent. */
export interface AgentResult extends AgentSummary {
  /** The best run of the sweep so far, of whichever agent; undefined where no run has its metric. */
  readonly best: BestRun | undefined
}
