import type {
  ProjectDetail,
  ProjectResponse,
  ProjectStorageResponse,
  ProjectsResponse,
  RunsMovedResponse,
} from '@lossline/protocol'
import type { ProjectRow, Store } from '@lossline/store'
import { Hono } from 'hono'
import type { Access, LevelOf } from '../auth/access.ts'
import { measureProject } from '../domain/project-storage.ts'
import type { Projects } from '../domain/projects.ts'
import type { RunFiles } from '../domain/run-files.ts'
import type { Runs } from '../domain/runs.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { existingRun, parse, readJsonBody } from './parse-request.ts'
import * as schemas from './schemas.ts'
import { toProjectSummary } from './to-page.ts'

const bodyBytesMax = 2 ** 20

/** Projects as the page and scripts see and change them. */
export function createProjectRoutes({
  store,
  runs,
  projects,
  files,
  levelOf,
  isAdminOf,
}: {
  readonly store: Store
  readonly runs: Runs
  readonly projects: Projects
  readonly files: RunFiles
  readonly levelOf: LevelOf
  readonly isAdminOf: Access['isAdminOf']
}): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  const toDetail = async (project: ProjectRow): Promise<ProjectDetail> => ({
    ...toProjectSummary(project),
    description: project.description,
    access: project.access,
    mayWrite: (await levelOf(project.entity, project.name)) === 'write',
    protectedAliases: project.protectedAliases,
    mayAdminister: await isAdminOf(project.entity),
  })

  app.get('/api/projects', async (c) => {
    const found = await store.projects()
    return c.json({ projects: found.map(toProjectSummary) } satisfies ProjectsResponse)
  })

  app.get('/api/projects/:entity/:project', async (c) => {
    const project = await projects.existing(c.req.param())
    return c.json({ project: await toDetail(project) } satisfies ProjectResponse)
  })

  app.get('/api/projects/:entity/:project/storage', async (c) => {
    const project = await projects.existing(c.req.param())
    return c.json((await measureProject(store, files, project)) satisfies ProjectStorageResponse)
  })

  app.patch('/api/projects/:entity/:project', async (c) => {
    const before = await projects.existing(c.req.param())
    const { project: name, ...edit } = parse(schemas.changeProjectRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const changed = await projects.change(before, { ...edit, name })
    return c.json({ project: await toDetail(changed) } satisfies ProjectResponse)
  })

  app.delete('/api/projects/:entity/:project', async (c) => {
    const project = await projects.existing(c.req.param())
    const { confirm } = parse(schemas.deleteProjectRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    if (confirm !== project.name) {
      throw new ServerError({
        code: 'invalid-request',
        message: `"${confirm}" is not the name of the project that would be deleted.`,
        hint: 'There is no way back: send {"confirm": …} with the name of the project.',
      })
    }
    await projects.remove(project)
    return c.body(null, 204)
  })

  app.post('/api/projects/:entity/:project/runs/move', async (c) => {
    const from = c.req.param()
    const { runIds, to } = parse(schemas.moveRunsRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const found = await Promise.all(runIds.map((runId) => existingRun(runs, { ...from, runId })))
    const target = { entity: to.entity ?? from.entity, project: to.project }
    const moved = await runs.move(
      found.map(({ id }) => id),
      target,
    )
    return c.json({ runIds: moved.map(({ runId }) => runId), ...target } satisfies RunsMovedResponse)
  })
  return app
}
