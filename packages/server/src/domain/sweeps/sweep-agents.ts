import { generateRunId, type JsonObject } from '@lossline/protocol'
import type { ProjectRow, RunRow, Store, SweepAgentRow, SweepRow } from '@lossline/store'
import type { Clock } from '../../clock.ts'
import { ServerError } from '../../errors.ts'
import type { ChangeFeed } from '../change-feed.ts'
import { runValues } from '../run-values.ts'
import type { Runs } from '../runs.ts'
import { sweepOutline } from './sweep-overview.ts'
import { namesOf, runsById } from './sweep-runs.ts'
import type { SweepSearch } from './sweep-search.ts'
import type { SharedBySweeps } from './sweep-services.ts'
import { createTrialReader, type TrialReader } from './sweep-trials.ts'
import { createWaitingRuns, type WaitingRun } from './waiting-runs.ts'

/** What an agent is told in answer to a sign of life. */
export type AgentCommand =
  /** Ends its runs and itself. */
  | { readonly kind: 'exit' }
  /** Ends a run. */
  | { readonly kind: 'stop'; readonly runId: string }
  /** Starts a run, or one that was preempted once more, with the settings that it had. */
  | {
      readonly kind: 'run' | 'resume'
      readonly runId: string
      /** Undefined: the sweep names none. */
      readonly program: string | undefined
      /** Values of parameters by name. */
      readonly settings: JsonObject
    }

/** Programs that ask sweeps for runs and start them. */
export interface SweepAgents {
  register(sweep: SweepRow, agent: { readonly host: string; readonly username: string }): Promise<SweepAgentRow>
  /**
   * Makes a run with settings of somebody's choice, which the next idle agent is given.
   *
   * @throws {@link ServerError} `invalid-request` when the sweep has ended.
   */
  enqueue(
    project: ProjectRow,
    sweep: SweepRow,
    run: { readonly settings: JsonObject; readonly displayName: string | undefined; readonly username: string },
  ): Promise<RunRow>
  /** Of a sweep, oldest first. */
  list(sweep: SweepRow): Promise<readonly SweepAgentRow[]>
  /**
   * Notes a sign of life, and says what the agent shall do: one thing at most, since W&B's agents for functions look at one.
   *
   * @param runIds - Runs that the agent has, queued or running.
   * @throws {@link ServerError} `not-found` when the agent or its sweep is gone: agents end then.
   */
  hear(
    agent: number,
    runIds: readonly string[],
  ): Promise<{ readonly agent: SweepAgentRow; readonly command: AgentCommand | undefined }>
}

/** @param options.shared - By all who hear agents of one store: what is handed out to one goes to no other. */
export function createSweepAgents(options: {
  readonly store: Store
  readonly runs: Runs
  readonly clock: Clock
  readonly changes: ChangeFeed
  readonly shared: SharedBySweeps
  readonly search: SweepSearch
}): SweepAgents {
  const { store, runs, clock, changes, search } = options
  const { turns, histories, watch } = options.shared
  const waiting = createWaitingRuns({ store, runs, clock })

  const gone = (): ServerError =>
    new ServerError({ code: 'not-found', message: 'This agent is not known, or its sweep was removed.' })
  const existing = async (id: number) => {
    const [agent] = await store.sweepAgents({ id })
    const [sweep] = agent ? await store.sweeps({ id: agent.sweep }) : []
    const project = sweep && (await store.projectById(sweep.projectId))
    if (!agent || !sweep || sweep.deletedAtMs !== undefined || project === undefined) throw gone()
    return { agent, sweep, project }
  }
  /** As it is by now. @throws as when an agent is heard. */
  const current = async ({ id }: SweepRow): Promise<SweepRow> => {
    const [sweep] = await store.sweeps({ id })
    if (sweep === undefined || sweep.deletedAtMs !== undefined) throw gone()
    return sweep
  }
  const tell = (project: ProjectRow, sweep: SweepRow): void =>
    changes.sweepChanged({ ...namesOf(project), sweep: sweep.name })

  const offer = async (
    sweep: SweepRow,
    agent: SweepAgentRow,
    { run, offerCount }: WaitingRun,
  ): Promise<AgentCommand> => {
    await store.write([{ kind: 'offer-sweep-run', agent: agent.id, runId: run.runId, offerCount }])
    const { config } = sweepOutline(sweep)
    const { config: values, internals } = runValues(run)
    const hasBegun = Object.keys(internals).length > 0
    // One that has begun has settings of its own beside those of the sweep.
    const names = hasBegun && config ? [...config.parameters.keys()] : Object.keys(values)
    const settings = Object.fromEntries(names.sort().flatMap((name) => (name in values ? [[name, values[name]!]] : [])))
    return { kind: hasBegun ? 'resume' : 'run', runId: run.runId, program: config?.program, settings }
  }

  const toBusy = async (
    project: ProjectRow,
    sweep: SweepRow,
    runIds: readonly string[],
  ): Promise<AgentCommand | undefined> => {
    if (sweep.state === 'canceled') return { kind: 'exit' }
    // Said anew until the agent has it no more, whatever the run's state: agents kill programs that do not listen the first time.
    const known = await runsById(runs, namesOf(project), runIds)
    const stopped = known.find((run) => run.isStopRequested)
    return stopped && { kind: 'stop', runId: stopped.runId }
  }

  const toIdle = async (
    project: ProjectRow,
    sweep: SweepRow,
    { agent, trials }: { readonly agent: SweepAgentRow; readonly trials: TrialReader },
  ): Promise<AgentCommand | undefined> => {
    if (hasSweepEnded(sweep)) return { kind: 'exit' }
    if (sweep.state === 'paused') return undefined
    const known = await waiting.next(project, sweep, agent)
    if (known !== undefined) return offer(sweep, agent, known)
    const next = await search.next(project, sweep, { username: agent.username, trials })
    if (next.kind !== 'run') return next.kind === 'none' ? { kind: 'exit' } : undefined
    const now = await current(sweep)
    // Somebody may have ended or paused it while the search was at work: the run waits, or ends with it.
    if (hasSweepEnded(now)) {
      await runs.giveUp(next.run.id, 'its sweep ended before it began')
      return { kind: 'exit' }
    }
    return now.state === 'running' ? offer(sweep, agent, { run: next.run, offerCount: 1 }) : undefined
  }

  return {
    register: async (sweep, { host, username }) => {
      const [{ agent }] = await store.write([
        { kind: 'put-sweep-agent', sweep: sweep.id, name: generateRunId(), host, username, nowMs: clock.now() },
      ])
      const project = await store.projectById(sweep.projectId)
      if (project !== undefined) tell(project, sweep)
      return agent
    },
    enqueue: async (project, { id }, run) =>
      turns.run(String(id), async () => {
        const [sweep] = await store.sweeps({ id })
        if (sweep === undefined || hasSweepEnded(sweep)) {
          const message = 'The sweep has ended: no agent would start the run.'
          throw new ServerError({ code: 'invalid-request', message, hint: 'Resume the sweep first.' })
        }
        return search.enqueue(project, sweep, run)
      }),
    list: (sweep) => store.sweepAgents({ sweep: sweep.id }),
    hear: async (id, runIds) => {
      const { sweep } = await existing(id)
      return turns.run(String(sweep.id), async () => {
        const { agent: before, sweep: now, project } = await existing(id)
        const [{ agent }] = await store.write([{ kind: 'hear-sweep-agent', agent: id, runIds, nowMs: clock.now() }])
        if (liveText(before) !== liveText(agent)) tell(project, now)
        const trials = createTrialReader({ store, runs, histories }, project, now)
        await watch.judge(project, now, trials)
        const judged = await current(now)
        if (runIds.length > 0) return { agent, command: await toBusy(project, judged, runIds) }
        return { agent, command: await toIdle(project, judged, { agent, trials }) }
      })
    },
  }
}

function liveText({ runs }: SweepAgentRow): string {
  return runs.flatMap(({ runId, isLive }) => (isLive ? [runId] : [])).join('\n')
}

function hasSweepEnded({ state }: SweepRow): boolean {
  return state === 'finished' || state === 'canceled'
}
