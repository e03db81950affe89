import type { ProjectRow, RunPredicate, SweepAgentRow, SweepRow } from '@lossline/store'
import { expectedRunCount, overviewSweeps, type SweepOverview } from '../domain/sweeps/sweep-overview.ts'
import { namesOf, ofSweep } from '../domain/sweeps/sweep-runs.ts'
import { parseRunFilter, parseRunOrder } from '../filters/run-filters.ts'
import { toWireUserNamed } from './accounts/wire-account.ts'
import { parseGlobalId, toGlobalId } from './artifacts/global-ids.ts'
import type { WandbServices, WireObject } from './context.ts'
import { toIsoTime } from './iso-time.ts'
import { type PageArguments, toConnection } from './pages.ts'
import { listRunPage } from './run-pages.ts'
import { toWireAgent } from './wire-agent.ts'
import { toWireProjectHeader } from './wire-project-header.ts'
import { toWireRun } from './wire-run.ts'

type RunsArguments = PageArguments & { readonly filters?: string | null; readonly order?: string | null }

/** W&B's client reads all runs of a sweep without asking for pages. */
const everything = Number.MAX_SAFE_INTEGER - 1

/** `Sweep`. What costs a query is a method: only asked-for fields are computed. */
export function toWireSweep(sweep: SweepRow, project: ProjectRow, services: WandbServices): WireObject {
  const { runs } = services
  let told: Promise<SweepOverview> | undefined
  const overview = (): Promise<SweepOverview> => {
    told ??= overviewSweeps(runs, project, [sweep]).then(([one]) => one!)
    return told
  }
  const listAgents = (): Promise<readonly SweepAgentRow[]> => services.sweepAgents.list(sweep)
  const listRuns = async (filter: RunPredicate, args: RunsArguments) =>
    listRunPage(
      runs,
      { ...namesOf(project), filter, order: parseRunOrder(args.order) },
      { ...args, first: args.first ?? everything },
      (run) => toWireRun(run, services),
    )
  return {
    id: toGlobalId('Sweep', sweep.id),
    name: sweep.name,
    displayName: sweep.displayName || null,
    description: sweep.description || null,
    method: async () => (await overview()).config?.method ?? 'custom',
    state: sweep.state.toUpperCase(),
    config: sweep.config,
    controller: sweep.controller || null,
    scheduler: sweep.scheduler || null,
    launchScheduler: sweep.launchScheduler || null,
    createdAt: toIsoTime(sweep.createdAtMs),
    updatedAt: toIsoTime(sweep.updatedAtMs),
    heartbeatAt: async () => {
      const heardAtMs = (await listAgents()).map(({ heartbeatAtMs }) => heartbeatAtMs)
      return heardAtMs.length === 0 ? null : toIsoTime(Math.max(...heardAtMs))
    },
    earlyStopJobRunning: false,
    bestLoss: async () => (await overview()).best?.value ?? null,
    runCount: async () => (await overview()).counts.runCount,
    runCountExpected: async () => expectedRunCount((await overview()).config) ?? null,
    user: () => (sweep.username === '' ? null : toWireUserNamed(sweep.username, services)),
    project: () => toWireProjectHeader(project, services),
    runs: async (args: RunsArguments) => {
      const asked = await parseRunFilter(args.filters)
      const own = ofSweep(sweep.name)
      return listRuns(asked === undefined ? own : { kind: 'and', of: [own, asked] }, args)
    },
    priorRuns: (args: PageArguments) =>
      listRuns({ kind: 'in', path: { kind: 'field', field: 'runId' }, values: sweep.priorRunIds }, args),
    agents: async (args: PageArguments) =>
      toConnection(await listAgents(), { ...args, first: args.first ?? everything }, (agent) =>
        toWireAgent(agent, project, services),
      ),
    agent: async ({ agentName }: { agentName: string }) => {
      const id = parseGlobalId('Agent', agentName)
      const found = (await listAgents()).find((agent) => agent.name === agentName || agent.id === id)
      return found === undefined ? null : toWireAgent(found, project, services)
    },
  }
}
