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
import { everyRun, ofSweep } from './sweep-runs.ts'

/** A run for an agent to start, and how many times agents were told to, this time included. */
export interface WaitingRun {
  readonly run: RunRow
  readonly offerCount: number
}

/** Runs of a sweep that are there and wait for an agent. To be asked in the turn of the sweep. */
export interface WaitingRuns {
  /**
   * One that was handed out and never began: the answer was lost, or its agent died. It is handed out a second time, to whoever
   * asks first; after that it has failed.
   */
  lost(project: ProjectRow, sweep: SweepRow, agent: SweepAgentRow): Promise<WaitingRun | undefined>
  /** The one that was preempted first; it is pending from then on. */
  preempted(project: ProjectRow, sweep: SweepRow): Promise<WaitingRun | undefined>
  /** The oldest one that nobody was given yet. */
  enqueued(project: ProjectRow, sweep: SweepRow): Promise<WaitingRun | undefined>
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
  const pending = async ({ entity, name: project }: ProjectRow, sweep: SweepRow): Promise<readonly RunRow[]> => {
    const found = await everyRun(runs, { entity, project }, inState(sweep, 'pending'))
    for (const run of found) {
      if (run.isStopRequested) await runs.setState(run.id, 'failed', 'it was stopped before it began')
    }
    return found.filter(({ isStopRequested }) => !isStopRequested).toReversed()
  }
  const offersOf = async (sweep: SweepRow): Promise<ReadonlyMap<string, Offer>> => {
    const agents = await store.sweepAgents({ sweep: sweep.id })
    const given = agents.flatMap((agent) => agent.runs.map((run) => ({ agent, ...run })))
    // Of agents that had a run before, only those count that still say so.
    const held = given.filter(({ offerCount, isLive }) => offerCount > 0 || isLive)
    return new Map(held.map(({ agent, runId, offerCount }) => [runId, { agent, offerCount: Math.max(1, offerCount) }]))
  }

  return {
    lost: async (project, sweep, agent) => {
      const offers = await offersOf(sweep)
      for (const run of await pending(project, sweep)) {
        const offer = offers.get(run.runId)
        if (offer === undefined) continue
        if (offer.agent.id !== agent.id && !isAgentSilent(offer.agent, clock.now())) continue
        if (offer.offerCount < offerCountMax) return { run, offerCount: offer.offerCount + 1 }
        await runs.setState(run.id, 'failed', 'agents were told twice to start it, and it never began')
      }
      return undefined
    },
    preempted: async (project, sweep) => {
      const order: RunOrder = { by: { kind: 'field', field: 'heartbeatAtMs' }, isDescending: false }
      const filter = inState(sweep, 'preempted')
      const { runs: found } = await runs.list({
        entity: project.entity,
        project: project.name,
        filter,
        order,
        limit: 1,
      })
      const [run] = found
      if (run === undefined) return undefined
      await runs.setState(run.id, 'pending', 'an agent was told to go on with it')
      return { run, offerCount: 1 }
    },
    enqueued: async (project, sweep) => {
      const offers = await offersOf(sweep)
      const run = (await pending(project, sweep)).find(({ runId }) => !offers.has(runId))
      return run && { run, offerCount: 1 }
    },
  }
}

/** To whom a run was given last. */
interface Offer {
  readonly agent: SweepAgentRow
  readonly offerCount: number
}
