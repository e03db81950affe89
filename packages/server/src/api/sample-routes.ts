import type { SampleResponse } from '@lossline/protocol'
import type { ProjectRow, Store } from '@lossline/store'
import { Hono } from 'hono'
import type { LevelOf } from '../auth/access.ts'
import type { Clock } from '../clock.ts'
import { allRuns } from '../domain/all-runs.ts'
import type { Projects } from '../domain/projects.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import type { SampleProjects } from '../sample/sample-projects.ts'

const projectName = 'sample'

/** `/api/sample/{entity}`: the sample among an entity's projects. */
export function createSampleRoutes(services: {
  readonly store: Store
  readonly projects: Projects
  readonly levelOf: LevelOf
  readonly clock: Clock
  /** Undefined: this server has none to load. */
  readonly samples: SampleProjects | undefined
}): Hono<AppEnvironment> {
  const { store, projects, samples } = services
  const app = new Hono<AppEnvironment>()
  const path = '/api/sample/:entity' as const

  const requireLevel = async (entity: string, isWrite: boolean): Promise<boolean> => {
    const level = await services.levelOf(entity)
    if (level === undefined || level === 'none') {
      throw new ServerError({ code: 'not-found', message: `There is no user or team "${entity}".` })
    }
    if (isWrite && level !== 'write') {
      throw new ServerError({ code: 'forbidden', message: `You may not make projects of ${entity}.` })
    }
    return level === 'write'
  }

  const find = async (entity: string): Promise<ProjectRow | undefined> =>
    (await store.projects(entity)).find(({ sampleLoadedAtMs }) => sampleLoadedAtMs !== null)

  const describe = async (entity: string, mayChange: boolean): Promise<SampleResponse> => {
    const project = await find(entity)
    const isAvailable = samples !== undefined && mayChange
    if (project === undefined) return { ...nothing, isAvailable }
    const progress = samples?.progressOf(project.id)
    const ids = (await samples?.runIds()) ?? new Set()
    const runs = await allRuns(store, entity, project.name)
    const ownCount = runs.filter(({ runId }) => ids.has(runId)).length
    return {
      isAvailable,
      state: toState(project, progress),
      project: project.name,
      loadedRunCount: progress?.loadedRunCount ?? ownCount,
      runCount: ids.size,
      otherRunCount: samples === undefined ? 0 : runs.length - ownCount,
      problem: progress?.problem ?? null,
    }
  }

  /** A name that another project has is left to it. */
  const put = async (entity: string): Promise<ProjectRow> => {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? projectName : `${projectName}-${number}`
      const write = { kind: 'put-project', entity, name, isSample: true, nowMs: services.clock.now() } as const
      const [{ project }] = await store.write([write])
      if (project.sampleLoadedAtMs !== null) return project
    }
  }

  app.get(path, async (c) => {
    const { entity } = c.req.param()
    return c.json(await describe(entity, await requireLevel(entity, false)))
  })

  app.post(path, async (c) => {
    const { entity } = c.req.param()
    await requireLevel(entity, true)
    if (samples === undefined) throw noSample()
    // Before anything is made: it may not be readable.
    await samples.runIds()
    const project = (await find(entity)) ?? (await put(entity))
    samples.load(project, c.get('identity').username)
    return c.json(await describe(entity, true))
  })

  app.delete(path, async (c) => {
    const { entity } = c.req.param()
    await requireLevel(entity, true)
    const project = await find(entity)
    if (project === undefined) throw new ServerError({ code: 'not-found', message: `${entity} has no sample project.` })
    if (samples === undefined) throw noSample()
    await samples.remove(project, () => projects.remove(project))
    return c.body(null, 204)
  })
  return app
}

const nothing: Omit<SampleResponse, 'isAvailable'> = {
  state: 'absent',
  project: null,
  loadedRunCount: 0,
  runCount: 0,
  otherRunCount: 0,
  problem: null,
}

function toState(
  { sampleLoadedAtMs }: ProjectRow,
  progress: ReturnType<SampleProjects['progressOf']>,
): SampleResponse['state'] {
  if (sampleLoadedAtMs !== 0) return 'loaded'
  return progress !== undefined && progress.problem === undefined ? 'loading' : 'incomplete'
}

/** What is said where no sample was packed. */
export function noSample(): ServerError {
  return new ServerError({
    code: 'unsupported-operation',
    message: 'This server has no sample to load.',
    hint: 'Start it with `lossline serve`, from a package that was built.',
  })
}
