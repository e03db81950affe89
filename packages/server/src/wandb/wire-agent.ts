import type { ProjectRow, SweepAgentRow } from '@lossline/store'
import { namesOf } from '../domain/sweeps/sweep-runs.ts'
import { isAgentSilent } from '../domain/sweeps/waiting-runs.ts'
import { parseRunOrder } from '../filters/run-filters.ts'
import { toGlobalId } from './artifacts/global-ids.ts'
import type { WandbServices, WireObject } from './context.ts'
import { toIsoTime } from './iso-time.ts'
import type { PageArguments } from './pages.ts'
import { listRunPage } from './run-pages.ts'
import { toWireRun } from './wire-run.ts'

/** `Agent`. */
export function toWireAgent(agent: SweepAgentRow, project: ProjectRow, services: WandbServices): WireObject {
  const { runs, clock } = services
  const filter = {
    kind: 'in',
    path: { kind: 'field', field: 'runId' },
    values: agent.runs.map(({ runId }) => runId),
  } as const
  return {
    id: toGlobalId('Agent', agent.id),
    name: agent.name,
    host: agent.host,
    state: isAgentSilent(agent, clock.now()) ? 'STOPPED' : 'RUNNING',
    totalRuns: agent.runs.length,
    createdAt: toIsoTime(agent.createdAtMs),
    heartbeatAt: toIsoTime(agent.heartbeatAtMs),
    runs: (args: PageArguments & { readonly order?: string | null }) =>
      listRunPage(runs, { ...namesOf(project), filter, order: parseRunOrder(args.order) }, args, (run) =>
        toWireRun(run, services),
      ),
  }
}
