import type { CreatedShareLinkResponse, ShareLinkInfo, ShareLinksResponse } from '@lossline/protocol'
import type { ProjectRow, ShareLinkRow, Store } from '@lossline/store'
import { Hono } from 'hono'
import type { LevelOf } from '../auth/access.ts'
import type { Clock } from '../clock.ts'
import type { Projects } from '../domain/projects.ts'
import type { Runs } from '../domain/runs.ts'
import { createShareLinks } from '../domain/sharing/share-links.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { existingRun, parse, readJsonBody } from './parse-request.ts'
import * as schemas from './share-schemas.ts'

const bodyBytesMax = 100_000

/** `/api/projects/{entity}/{project}/share-links`, for those who may change the project. */
export function createShareLinkRoutes(services: {
  readonly store: Store
  readonly projects: Projects
  readonly runs: Runs
  readonly levelOf: LevelOf
  readonly clock: Clock
  readonly mode: () => Promise<'open' | 'keys'>
}): Hono<AppEnvironment> {
  const { store, projects, runs, levelOf } = services
  const links = createShareLinks(services)
  const app = new Hono<AppEnvironment>()
  const list = '/api/projects/:entity/:project/share-links' as const

  const ownProject = async (at: { readonly entity: string; readonly project: string }): Promise<ProjectRow> => {
    const project = await projects.existing(at)
    if ((await levelOf(at.entity, at.project)) === 'write') return project
    throw new ServerError({ code: 'forbidden', message: `You may not share ${at.entity}/${at.project}.` })
  }
  const targetOf = async (
    project: ProjectRow,
    of:
      | { readonly kind: 'project' }
      | { readonly kind: 'run'; readonly runId: string }
      | { readonly kind: 'artifact'; readonly artifactId: number },
  ): Promise<number> => {
    switch (of.kind) {
      case 'project':
        return project.id
      case 'run':
        return (await existingRun(runs, { entity: project.entity, project: project.name, runId: of.runId })).id
      case 'artifact': {
        const place = await store.place({ artifact: of.artifactId })
        if (place?.projectId === project.id) return of.artifactId
        throw new ServerError({ code: 'not-found', message: `No version ${of.artifactId} in this project.` })
      }
    }
  }

  app.get(list, async (c) => {
    const project = await ownProject(c.req.param())
    return c.json({
      mode: await services.mode(),
      access: project.access,
      links: (await links.list(project)).map((link) => toInfo(link, services.clock.now())),
    } satisfies ShareLinksResponse)
  })

  app.post(list, async (c) => {
    const project = await ownProject(c.req.param())
    const request = parse(schemas.createShareLinkRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const target = await targetOf(project, request.of)
    const { link, token } = await links.create(
      project,
      {
        kind: request.of.kind,
        target,
        path: request.path,
        expiresAtMs: request.expiresAtMs,
        password: request.password,
      },
      c.get('identity').username,
    )
    return c.json(
      { link: toInfo(link, services.clock.now()), path: `/s/${token}` } satisfies CreatedShareLinkResponse,
      201,
    )
  })

  app.delete(`${list}/:linkId`, async (c) => {
    const { linkId, ...at } = c.req.param()
    await links.revoke(await ownProject(at), Number(linkId))
    return c.body(null, 204)
  })
  return app
}

function toInfo(link: ShareLinkRow, nowMs: number): ShareLinkInfo {
  const { id, kind, path, username, createdAtMs, expiresAtMs, usedAtMs, passwordHash } = link
  return {
    id,
    kind,
    path,
    username,
    createdAtMs,
    expiresAtMs: expiresAtMs ?? null,
    usedAtMs: usedAtMs ?? null,
    hasPassword: passwordHash !== undefined,
    hasEnded: expiresAtMs !== undefined && expiresAtMs <= nowMs,
  }
}
