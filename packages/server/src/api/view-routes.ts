import { createHash } from 'node:crypto'
import type {
  OpenedWorkspaceResponse,
  ViewDetail,
  ViewResponse,
  ViewRevisionResponse,
  ViewRevisionsResponse,
  ViewStateResponse,
  ViewStateSavedResponse,
  ViewSummary,
  ViewsResponse,
} from '@lossline/protocol'
import type { Store, ViewRow } from '@lossline/store'
import { Hono } from 'hono'
import type { LevelOf } from '../auth/access.ts'
import type { Clock } from '../clock.ts'
import { checkSpec } from '../domain/check-spec.ts'
import type { Projects } from '../domain/projects.ts'
import type { Views } from '../domain/views.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { parse, readJsonBody } from './parse-request.ts'
import * as schemas from './view-schemas.ts'

/** A report with its pictures in it is the largest. */
const viewBytesMax = 16 * 2 ** 20
/** Far more than people can arrange in an address, and little enough to keep for good. */
const stateBytesMax = 64 * 2 ** 10

/** Views that people saved, what they were before, and states that are too long for an address. */
export function createViewRoutes({
  store,
  projects,
  views,
  levelOf,
  clock,
}: {
  readonly store: Store
  readonly projects: Projects
  readonly views: Views
  readonly levelOf: LevelOf
  readonly clock: Clock
}): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  const list = '/api/projects/:entity/:project/views' as const
  const one = `${list}/:viewId` as const

  const viewAt = async (at: { entity: string; project: string; viewId: string }): Promise<ViewRow> =>
    views.existing(await projects.existing(at), Number(at.viewId))
  const toResponse = (view: ViewRow): ViewResponse => ({ view: toDetail(view) })

  app.get(list, async (c) => {
    const { type } = parse(schemas.viewsQuery, c.req.query())
    const { id } = await projects.existing(c.req.param())
    const found = await store.views({ project: id, type })
    return c.json({ views: found.map(toSummary) } satisfies ViewsResponse)
  })

  app.post(list, async (c) => {
    const { id } = await projects.existing(c.req.param())
    const fields = parse(schemas.newViewRequest, await readJsonBody(c.req.raw, viewBytesMax))
    checkSpec(fields.spec)
    return c.json(toResponse(await views.create(id, fields, { username: asker(c), isNameUnique: true })), 201)
  })

  app.get('/api/projects/:entity/:project/workspace', async (c) => {
    const { entity, project } = c.req.param()
    const { id } = await projects.existing({ entity, project })
    const username = asker(c)
    const { name = `nw-${username}-w`, type } = parse(schemas.openedWorkspaceQuery, c.req.query())
    const [view] = await store.views({ project: id, type, name })
    const mayWrite = (await levelOf(entity, project)) === 'write'
    return c.json({
      type,
      view: view ? toDetail(view) : null,
      name,
      username,
      mayWrite,
    } satisfies OpenedWorkspaceResponse)
  })

  app.get(one, async (c) => c.json(toResponse(await viewAt(c.req.param()))))

  app.patch(one, async (c) => {
    const view = await viewAt(c.req.param())
    const body = parse(schemas.viewEditRequest, await readJsonBody(c.req.raw, viewBytesMax))
    const { revision: expectedRevision, isAutomatic, ...fields } = body
    if (fields.spec !== undefined) checkSpec(fields.spec)
    return c.json(toResponse(await views.change(view, fields, { username: asker(c), expectedRevision, isAutomatic })))
  })

  app.delete(one, async (c) => {
    await views.remove(await viewAt(c.req.param()), asker(c))
    return c.body(null, 204)
  })

  app.get(`${one}/revisions`, async (c) => {
    const { id } = await viewAt(c.req.param())
    return c.json({ revisions: await store.viewRevisions(id) } satisfies ViewRevisionsResponse)
  })

  app.get(`${one}/revisions/:number`, async (c) => {
    const revision = await views.revision(await viewAt(c.req.param()), Number(c.req.param('number')))
    return c.json({ revision } satisfies ViewRevisionResponse)
  })

  app.post(`${one}/revisions/:number/restore`, async (c) => {
    const view = await viewAt(c.req.param())
    const { displayName, description, spec } = await views.revision(view, Number(c.req.param('number')))
    return c.json(toResponse(await views.change(view, { displayName, description, spec }, { username: asker(c) })))
  })

  app.post('/api/view-states', async (c) => {
    const { state } = parse(schemas.viewStateRequest, await readJsonBody(c.req.raw, stateBytesMax))
    const text = JSON.stringify(Object.fromEntries(Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1))))
    // 132 bits: too many to guess, and short in an address.
    const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    await store.write([{ kind: 'put-view-state', hash, state: text, nowMs: clock.now() }])
    return c.json({ hash } satisfies ViewStateSavedResponse)
  })

  app.get('/api/view-states/:hash', async (c) => {
    const text = await store.viewState(c.req.param('hash'))
    if (text === undefined) throw new ServerError({ code: 'not-found', message: 'No state is kept under this digest.' })
    return c.json({ state: JSON.parse(text) } satisfies ViewStateResponse)
  })

  return app
}

function asker(c: { readonly get: (key: 'identity') => AppEnvironment['Variables']['identity'] }): string {
  return c.get('identity').username
}

function toSummary({ projectId: _projectId, spec: _spec, ...view }: ViewRow): ViewSummary {
  return view
}

function toDetail({ projectId: _, ...view }: ViewRow): ViewDetail {
  return view
}
