import type {
  SweepAgentInfo,
  SweepAgentsResponse,
  SweepBestRun,
  SweepDetail,
  SweepParameterInfo,
  SweepResponse,
  SweepSortKey,
  SweepSummary,
  SweepsResponse,
} from '@lossline/protocol'
import type { ProjectRow, Store, SweepAgentRow, SweepRow } from '@lossline/store'
import { type FlatParameter, flattenParameters, toPlainValue } from '@lossline/sweeps'
import { Hono } from 'hono'
import type { Projects } from '../domain/projects.ts'
import type { Runs } from '../domain/runs.ts'
import { listSweeps } from '../domain/sweeps/list-sweeps.ts'
import type { SweepAgents } from '../domain/sweeps/sweep-agents.ts'
import { expectedRunCount, overviewSweeps, type SweepOverview, sweepTitle } from '../domain/sweeps/sweep-overview.ts'
import { progressOf, type SweepProgress } from '../domain/sweeps/sweep-progress.ts'
import { namesOf, runsById } from '../domain/sweeps/sweep-runs.ts'
import type { Sweeps } from '../domain/sweeps/sweeps.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { parse, readJsonBody } from './parse-request.ts'
import * as schemas from './sweep-schemas.ts'

const bodyBytesMax = 4 * 2 ** 20

/** `/api/projects/{entity}/{project}/sweeps`. */
export function createSweepRoutes(services: {
  readonly store: Store
  readonly projects: Projects
  readonly runs: Runs
  readonly sweeps: Sweeps
  readonly sweepAgents: SweepAgents
}): Hono<AppEnvironment> {
  const { store, projects, runs, sweeps, sweepAgents } = services
  const app = new Hono<AppEnvironment>()
  const list = '/api/projects/:entity/:project/sweeps' as const
  const one = `${list}/:sweep` as const

  const find = async (at: { entity: string; project: string; sweep: string }) => {
    const project = await projects.existing(at)
    return { project, sweep: await sweeps.existing(project, at.sweep) }
  }
  const answer = async (project: ProjectRow, sweep: SweepRow): Promise<SweepResponse> => {
    const [overview] = await overviewSweeps(runs, project, [sweep])
    return { sweep: toDetail(overview!, await progressOf(runs, project, overview!)) }
  }

  app.get(list, async (c) => {
    const project = await projects.existing(c.req.param())
    const { sort, ...page } = parse(schemas.sweepsQuery, c.req.query())
    const isDescending = sort.startsWith('-')
    const key = (isDescending ? sort.slice(1) : sort) as SweepSortKey // `sweepsQuery` takes no others.
    const all = await store.sweeps({ project: project.id })
    const sweeps = await listSweeps(runs, project, all, { sort: { key, isDescending }, ...page })
    return c.json({ total: all.length, sweeps: sweeps.map(toSummary) } satisfies SweepsResponse)
  })

  app.post(list, async (c) => {
    const project = await projects.existing(c.req.param())
    const request = parse(schemas.createSweepRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const { sweep } = await sweeps.create(project, request, c.get('identity').username)
    return c.json(await answer(project, sweep), 201)
  })

  app.get(one, async (c) => {
    const { project, sweep } = await find(c.req.param())
    return c.json(await answer(project, sweep))
  })

  app.get(`${one}/agents`, async (c) => {
    const { project, sweep } = await find(c.req.param())
    const agents = (await sweepAgents.list(sweep)).toSorted((a, b) => b.heartbeatAtMs - a.heartbeatAtMs || b.id - a.id)
    const live = agents.flatMap(liveRunIds)
    const found = await runsById(runs, namesOf(project), live)
    const names = new Map(found.map(({ runId, displayName }) => [runId, displayName]))
    return c.json({ agents: agents.map((agent) => toAgentInfo(agent, names)) } satisfies SweepAgentsResponse)
  })

  app.patch(one, async (c) => {
    const { project, sweep } = await find(c.req.param())
    const edit = parse(schemas.changeSweepRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const changed = await sweeps.change(sweep, edit)
    return c.json(await answer(project, changed.sweep))
  })

  app.delete(one, async (c) => {
    const { sweep } = await find(c.req.param())
    await sweeps.remove(sweep)
    return c.body(null, 204)
  })

  app.post('/api/projects/:entity/:project/trash/sweeps/:trashedSweep/restore', async (c) => {
    const { trashedSweep, ...at } = c.req.param()
    const project = await projects.existing(at)
    return c.json(await answer(project, await sweeps.restore(project, trashedSweep)))
  })

  return app
}

function toSummary(overview: SweepOverview): SweepSummary {
  const { sweep, config, counts, best } = overview
  const { name, description, state, username, createdAtMs, updatedAtMs } = sweep
  const metric = config?.metric
  return {
    name,
    title: sweepTitle(overview),
    description,
    state,
    method: config?.method ?? null,
    metric: metric
      ? { name: metric.name, key: `summary.${overview.metricPath ?? metric.name}`, goal: metric.goal }
      : null,
    username,
    createdAtMs,
    updatedAtMs,
    ...counts,
    expectedRunCount: expectedRunCount(config) ?? null,
    best: best ? toBestRun(best) : null,
  }
}

function toAgentInfo(agent: SweepAgentRow, names: ReadonlyMap<string, string>): SweepAgentInfo {
  const { name, host, username, createdAtMs, heartbeatAtMs, runs } = agent
  const current = liveRunIds(agent).map((runId) => ({ runId, displayName: names.get(runId) ?? null }))
  return { name, host, username, createdAtMs, heartbeatAtMs, runCount: runs.length, current }
}

function liveRunIds({ runs }: SweepAgentRow): readonly string[] {
  return runs.flatMap(({ runId, isLive }) => (isLive ? [runId] : []))
}

function toBestRun({ run, value }: NonNullable<SweepOverview['best']>): SweepBestRun {
  const { runId, displayName, number, color } = run
  return { runId, displayName, number, color, value }
}

function toDetail(overview: SweepOverview, progress: SweepProgress): SweepDetail {
  const { sweep, config, warnings, problem } = overview
  return {
    ...toSummary(overview),
    config: sweep.config,
    warnings,
    problem: problem ?? null,
    parameters: config ? flattenParameters(config.parameters).map(toParameterInfo) : [],
    lastHeardAtMs: progress.lastHeardAtMs ?? null,
    grid: progress.grid ?? null,
    stopsEarly: config?.earlyTermination !== undefined,
    isControllerLocal: config?.isControllerLocal ?? false,
    priorRunIds: sweep.priorRunIds,
  }
}

function toParameterInfo({ path, parameter }: FlatParameter): SweepParameterInfo {
  const info = { name: path.join('.'), kind: parameter.kind }
  if (parameter.kind === 'constant') return { ...info, values: [toPlainValue(parameter.value)] }
  if (parameter.kind === 'categorical') return { ...info, values: parameter.values.map(toPlainValue) }
  return 'min' in parameter ? { ...info, min: parameter.min, max: parameter.max } : info
}
