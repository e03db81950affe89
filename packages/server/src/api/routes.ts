import {
  type AlertsResponse,
  encodeSeriesFrame,
  joinSeriesFrames,
  type MetricsResponse,
  type Refusal,
  type RefusalsResponse,
  type RunsResponse,
  type StatusResponse,
  type TrashResponse,
} from '@lossline/protocol'
import type { RunAddress, RunRow, Store } from '@lossline/store'
import { Hono } from 'hono'
import type { Access, LevelOf } from '../auth/access.ts'
import type { Clock } from '../clock.ts'
import type { Teams } from '../domain/accounts/teams.ts'
import type { Users } from '../domain/accounts/users.ts'
import type { ChangeFeed } from '../domain/change-feed.ts'
import type { LoadFigures } from '../domain/load-figures.ts'
import type { MediaServices } from '../domain/media/media-services.ts'
import { createTableReader } from '../domain/media/read-table.ts'
import { definingRunCount, toMetricInfos } from '../domain/metric-infos.ts'
import type { Projects } from '../domain/projects.ts'
import type { Runs } from '../domain/runs.ts'
import { createBreather } from '../domain/series/breathe.ts'
import type { LoadPoints } from '../domain/series/load-points.ts'
import type { QuerySeries } from '../domain/series/query-series.ts'
import { writePoints } from '../domain/series/write-points.ts'
import type { SweepAgents } from '../domain/sweeps/sweep-agents.ts'
import { sweepOutline, sweepTitle } from '../domain/sweeps/sweep-overview.ts'
import type { Sweeps } from '../domain/sweeps/sweeps.ts'
import type { TableThread } from '../domain/tables/table-thread.ts'
import type { Views } from '../domain/views.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import type { ShowOptions } from '../http/send-shown.ts'
import { toByteStream } from '../http/to-byte-stream.ts'
import type { SampleProjects } from '../sample/sample-projects.ts'
import { createAccountRoutes } from './account-routes.ts'
import { createArtifactPageRoutes } from './artifact-routes.ts'
import { createCustomChartRoutes } from './custom-chart-routes.ts'
import { createEntityRoutes } from './entity-routes.ts'
import { createEventStream } from './event-stream.ts'
import { createLogRoutes } from './log-routes.ts'
import { createMediaRoutes } from './media-routes.ts'
import { createMetricNoteRoutes } from './metric-note-routes.ts'
import { createOpenApiDocument } from './openapi-document.ts'
import { existingRun, parse, readJsonBody } from './parse-request.ts'
import { createProjectRoutes } from './project-routes.ts'
import { createRunQueryRoutes } from './run-query-routes.ts'
import { createSampleRoutes } from './sample-routes.ts'
import * as schemas from './schemas.ts'
import { createSearchRoutes } from './search-routes.ts'
import { createShareLinkRoutes } from './share-link-routes.ts'
import { createSweepRoutes } from './sweep-routes.ts'
import { createTableRoutes } from './table-routes.ts'
import { toRunDetail, toRunSummary } from './to-page.ts'
import { createViewRoutes } from './view-routes.ts'

export interface ApiServices {
  readonly store: Store
  readonly runs: Runs
  readonly projects: Projects
  readonly users: Users
  readonly teams: Teams
  readonly views: Views
  readonly sweeps: Sweeps
  readonly sweepAgents: SweepAgents
  /** What the asker may do in an entity or one of its projects. */
  readonly levelOf: LevelOf
  readonly isAdminOf: Access['isAdminOf']
  readonly changes: ChangeFeed
  readonly querySeries: QuerySeries
  readonly loadPoints: LoadPoints
  readonly loadFigures: LoadFigures
  readonly media: MediaServices
  /** How contents are shown that people have logged. */
  readonly showing: ShowOptions
  readonly tableThread: TableThread
  /** Undefined: this server has no sample to load. */
  readonly samples: SampleProjects | undefined
  /** Why programs were turned away lately. */
  readonly refusals: () => readonly Refusal[]
  readonly clock: Clock
  readonly version: string
  /** How the server finds out who asks. */
  readonly mode: () => Promise<'open' | 'keys'>
  /** Whether it listens where other machines reach it. */
  readonly isReachedByOthers: boolean
  /** Whether whoever asks may hear of what happens in a project. Undefined: of everything. */
  readonly isVisible: ((at: { readonly entity: string; readonly project: string }) => Promise<boolean>) | undefined
  readonly dataDirectory: string | undefined
  /** Aborted when the server closes: streams end then. */
  readonly closing: AbortSignal
}

const seriesBodyBytesMax = 2 ** 20

/** The page's and scripts' API, `/api/…`. Shapes: `page-api.ts` of the protocol. */
export function createApiRoutes(services: ApiServices): Hono<AppEnvironment> {
  const { store, runs, clock } = services
  const app = new Hono<AppEnvironment>()

  const runOrThrow = (at: RunAddress) => existingRun(runs, at)
  const toDetail = async (run: RunRow) => toRunDetail(run, await store.stateChanges(run.id))

  app.get('/api/status', async (c) => {
    const [projects, mode] = [await store.projects(), await services.mode()]
    return c.json({
      version: services.version,
      mode,
      timeMs: clock.now(),
      runCount: projects.reduce((sum, project) => sum + project.runCount, 0),
      isExposed: mode === 'open' && services.isReachedByOthers,
      ...(services.dataDirectory === undefined ? {} : { dataDirectory: services.dataDirectory }),
    } satisfies StatusResponse)
  })

  app.get('/api/refusals', (c) => c.json({ refusals: services.refusals() } satisfies RefusalsResponse))

  app.get('/api/projects/:entity/:project/runs', async (c) => {
    const { search, offset, limit } = parse(schemas.runsQuery, c.req.query())
    const selection = { ...c.req.param(), ...(search ? { search } : {}) }
    const page = await runs.list({ ...selection, offset, limit })
    return c.json({
      runs: page.runs.map(toRunSummary),
      total: await runs.count(selection),
    } satisfies RunsResponse)
  })

  app.get('/api/projects/:entity/:project/metrics', async (c) => {
    const { run: runIds } = parse(schemas.metricsQuery, { run: c.req.queries('run') ?? [] })
    const { entity, project } = c.req.param()
    const chosen =
      runIds.length === 0
        ? (await runs.list({ entity, project, limit: definingRunCount })).runs
        : await Promise.all(runIds.map((runId) => runs.find({ entity, project, runId })))
    const known = chosen.filter((run) => run !== undefined)
    const filter = runIds.length === 0 ? {} : { runs: known.map((run) => run.id) }
    const [keys, place] = await Promise.all([
      store.metricKeys({ entity, project, ...filter }),
      store.project(entity, project),
    ])
    const notes = place === undefined ? [] : await store.metricNotes({ project: place.id })
    return c.json({ metrics: toMetricInfos(keys, known, notes) } satisfies MetricsResponse)
  })

  app.get('/api/runs/:entity/:project/:runId', async (c) =>
    c.json({ run: await toDetail(await runOrThrow(c.req.param())) }),
  )

  app.get('/api/runs/:entity/:project/:runId/alerts', async (c) => {
    const query = parse(schemas.alertsQuery, c.req.query())
    const run = await runOrThrow(c.req.param())
    const alerts = await store.alerts({ run: run.id, ...query })
    return c.json({ alerts: alerts.map(({ run: _, ...alert }) => alert) } satisfies AlertsResponse)
  })

  app.post('/api/runs/:entity/:project/:runId/stop', async (c) => {
    const { id } = await runOrThrow(c.req.param())
    await runs.requestStop(id)
    return c.json({ isStopRequested: (await runOrThrow(c.req.param())).isStopRequested })
  })

  app.delete('/api/runs/:entity/:project/:runId', async (c) => {
    const { id } = await runOrThrow(c.req.param())
    await runs.trash.put(id)
    return c.json({ isInTrash: true })
  })

  app.get('/api/projects/:entity/:project/trash', async (c) => {
    const trashed = await runs.trash.list(c.req.param())
    const project = await store.project(c.req.param('entity'), c.req.param('project'))
    const sweeps = project === undefined ? [] : await services.sweeps.listTrashed(project)
    return c.json({
      runs: trashed.map(({ id: _, projectId: _projectId, ...run }) => run),
      sweeps: sweeps.map((sweep) => ({
        name: sweep.name,
        title: sweepTitle(sweepOutline(sweep)),
        deletedAtMs: sweep.deletedAtMs ?? 0,
      })),
    } satisfies TrashResponse)
  })

  app.post('/api/projects/:entity/:project/trash/:trashedRunId/restore', async (c) => {
    const { entity, project, trashedRunId: runId } = c.req.param()
    return c.json({ run: await toDetail(await runs.trash.restore({ entity, project, runId })) })
  })

  app.post('/api/series', async (c) => {
    const body = await readJsonBody(c.req.raw, seriesBodyBytesMax)
    const request = parse(schemas.seriesRequest, body)
    const frame = await services.querySeries(request, c.req.raw.signal)
    return c.body(new Uint8Array(encodeSeriesFrame(frame)), 200, { 'Content-Type': 'application/octet-stream' })
  })

  app.post('/api/series/batch', async (c) => {
    const { requests } = parse(schemas.seriesBatchRequest, await readJsonBody(c.req.raw, seriesBodyBytesMax))
    const frames: Uint8Array[] = []
    for (const request of requests) {
      frames.push(encodeSeriesFrame(await services.querySeries(request, c.req.raw.signal)))
    }
    return c.body(joinSeriesFrames(frames), 200, { 'Content-Type': 'application/octet-stream' })
  })

  app.post('/api/series/points', async (c) => {
    const request = parse(schemas.seriesPointsRequest, await readJsonBody(c.req.raw, seriesBodyBytesMax))
    const pieces = writePoints({ store, loadPoints: services.loadPoints }, request, createBreather(c.req.raw.signal))
    const type = request.format === 'csv' ? 'text/csv' : 'application/json'
    return c.body(toByteStream(pieces), 200, { 'Content-Type': `${type}; charset=utf-8` })
  })

  app.get('/api/events', (c) => {
    const { entity, project } = parse(schemas.eventsQuery, c.req.query())
    const stream = createEventStream({
      changes: services.changes,
      clock,
      version: services.version,
      isVisible: services.isVisible,
      lastEventId: c.req.header('last-event-id'),
      entity,
      project,
      signal: services.closing,
    })
    return c.body(stream, 200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    })
  })

  const document = createOpenApiDocument(services.version)
  app.get('/api/openapi.json', (c) => c.json(document))

  const tables = createTableReader({ media: services.media, thread: services.tableThread, existingRun: runOrThrow })
  app.route('/', createLogRoutes({ store, runs }))
  app.route('/', createProjectRoutes({ ...services, files: services.media.files }))
  app.route('/', createShareLinkRoutes(services))
  app.route('/', createSweepRoutes(services))
  app.route('/', createSampleRoutes(services))
  app.route('/', createSearchRoutes(store, runs))
  app.route('/', createCustomChartRoutes(store))
  app.route('/', createAccountRoutes(store, services.users))
  app.route('/', createEntityRoutes(services))
  app.route('/', createRunQueryRoutes(services))
  app.route('/', createViewRoutes(services))
  app.route('/', createMetricNoteRoutes(services))
  app.route('/', createMediaRoutes(runs, services.media, services.showing))
  app.route('/', createArtifactPageRoutes(runs, services.media, services.showing))
  app.route('/', createTableRoutes(tables))

  app.all('/api/*', (c) => {
    throw new ServerError({ code: 'not-found', message: `No ${c.req.method} ${new URL(c.req.url).pathname} here.` })
  })
  return app
}
