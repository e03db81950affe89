import type { MetricNoteResponse } from '@lossline/protocol'
import type { Store } from '@lossline/store'
import { Hono } from 'hono'
import type { Clock } from '../clock.ts'
import type { ChangeFeed } from '../domain/change-feed.ts'
import { definingRunCount, toMetricNote } from '../domain/metric-infos.ts'
import type { Projects } from '../domain/projects.ts'
import type { Runs } from '../domain/runs.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import * as schemas from './metric-note-schemas.ts'
import { parse, readJsonBody } from './parse-request.ts'

const bodyBytesMax = 64 * 2 ** 10

/** What people say of a project's metrics: description, unit, direction. */
export function createMetricNoteRoutes(services: {
  readonly store: Store
  readonly runs: Runs
  readonly projects: Projects
  readonly changes: ChangeFeed
  readonly clock: Clock
}): Hono<AppEnvironment> {
  const { store, runs, projects, changes, clock } = services
  const app = new Hono<AppEnvironment>()
  const path = '/api/projects/:entity/:project/metric-notes' as const

  const readNote = async (at: { entity: string; project: string }, metric: string): Promise<MetricNoteResponse> => {
    const { id } = await projects.existing(at)
    const { runs: newest } = await runs.list({ ...at, limit: definingRunCount })
    return toMetricNote(metric, newest, await store.metricNotes({ project: id }))
  }

  app.get(path, async (c) => {
    const { metric } = parse(schemas.metricNoteQuery, c.req.query())
    return c.json((await readNote(c.req.param(), metric)) satisfies MetricNoteResponse)
  })

  app.patch(path, async (c) => {
    const at = c.req.param()
    const { id, entity, name } = await projects.existing(at)
    const { metric, description, unit, goal } = parse(
      schemas.metricNoteEdit,
      await readJsonBody(c.req.raw, bodyBytesMax),
    )
    const { username } = c.get('identity')
    const said = { description: description?.trim() ?? description, unit: unit?.trim() ?? unit, goal }
    await store.write([{ kind: 'put-metric-note', project: id, metric, ...said, username, nowMs: clock.now() }])
    changes.projectChanged(entity, name)
    return c.json((await readNote(at, metric)) satisfies MetricNoteResponse)
  })

  return app
}
