import type {
  ProjectRow,
  RunOrder,
  RunPredicate,
  RunRow,
  RunState,
  Store,
  SweepAgentRow,
  SweepRow,
} from '@lossline/store'
import type { Clock } from '../../clock.ts'
import { silenceMsMax } from '../liveness.ts'
import type { Runs } from '../runs.ts'
import { everyRun, namesOf, ofSweep } from './sweep-runs.ts'

/** A run for an agent to start, and how many times agents were told to, this time included. */
export interface WaitingRun {
  readonly run: RunRow
  readonly offerCount: number
}

/** Runs of a sweep that are there and wait for an agent. To be asked in the turn of the sweep. */
export interface WaitingRuns {
  /**
   * The one that an agent is to start, if there is one: first one that was handed out and never began, then the one that was
   * preempted first, which is pending from then on, then the oldest one that nobody was given yet.
   */
  next(project: ProjectRow, sweep: SweepRow, agent: SweepAgentRow): Promise<WaitingRun | undefined>
}

/** An agent that has been silent for longer is taken to be gone. */
export function isAgentSilent(agent: Pick<SweepAgentRow, 'heartbeatAtMs'>, nowMs: number): boolean {
  return nowMs - agent.heartbeatAtMs >= silenceMsMax
}

const offerCountMax = 2

export function createWaitingRuns(options: {
  readonly store: Store
  readonly runs: Runs
  readonly clock: Clock
}): WaitingRuns {
  const { store, runs, clock } = options

  const inState = (sweep: SweepRow, state: RunState): RunPredicate => ({
    kind: 'and',
    of: [ofSweep(sweep.name), { kind: 'eq', path: { kind: 'field', field: 'state' }, value: state }],
  })
  /** Oldest first. Those that somebody stopped meanwhile are none. */
  const listPending = async (project: ProjectRow, sweep: SweepRow): Promise<readonly RunRow[]> => {
    const found = await everyRun(runs, namesOf(project), inState(sweep, 'pending'))
    for (const run of found) {
      if (run.isStopRequested) await runs.giveUp(run.id, 'it was stopped before it began')
    }
    return found.filter(({ isStopRequested }) => !isStopRequested).toReversed()
  }
  /** By run. */
  const listOffers = async (sweep: SweepRow): Promise<ReadonlyMap<string, Offer>> => {
    const agents = await store.sweepAgents({ sweep: sweep.id })
    const given = agents.flatMap((agent) => agent.runs.map((run) => ({ agent, ...run })))
    // Of agents that had a run before, only those count that still say so.
    const held = given.filter(({ offerCount, isLive }) => offerCount > 0 || isLive)
    return new Map(held.map(({ agent, runId, offerCount }) => [runId, { agent, offerCount: Math.max(1, offerCount) }]))
  }

  /**
   * The answer was lost, or the agent died. Such a run is handed out a second time, to whoever asks first; after that it has
   * failed.
   */
  const findLost = async (
    pending: readonly RunRow[],
    offers: ReadonlyMap<string, Offer>,
    agent: SweepAgentRow,
  ): Promise<WaitingRun | undefined> => {
    for (const run of pending) {
      const offer = offers.get(run.runId)
      if (offer === undefined) continue
      if (offer.agent.id !== agent.id && !isAgentSilent(offer.agent, clock.now())) continue
      if (offer.offerCount < offerCountMax) return { run, offerCount: offer.offerCount + 1 }
      await runs.giveUp(run.id, 'agents were told twice to start it, and it never began')
    }
    return undefined
  }

  const takePreempted = async (project: ProjectRow, sweep: SweepRow): Promise<WaitingRun | undefined> => {
    const order: RunOrder = { by: { kind: 'field', field: 'heartbeatAtMs' }, isDescending: false }
    const filter = inState(sweep, 'preempted')
    const { runs: found } = await runs.list({ ...namesOf(project), filter, order, limit: 1 })
    const [run] = found
    const isWaiting = run !== undefined && (await runs.requeue(run.id, 'an agent was told to go on with it'))
    return isWaiting ? { run, offerCount: 1 } : undefined
  }

  return {
    next: async (project, sweep, agent) => {
      const pending = await listPending(project, sweep)
      const offers = await listOffers(sweep)
      const known = (await findLost(pending, offers, agent)) ?? (await takePreempted(project, sweep))
      if (known !== undefined) return known
      const run = pending.find(({ runId }) => !offers.has(runId))
      return run && { run, offerCount: 1 }
    },
  }
}

/** To whom a run was given last. */
interface Offer {
  readonly agent: SweepAgentRow
  readonly offerCount: number
}
