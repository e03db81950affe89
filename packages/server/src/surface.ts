import type { Refusal } from '@lossline/protocol'
import type { ShareLinkRow, Store } from '@lossline/store'
import { Hono, type MiddlewareHandler } from 'hono'
import { mediaUrls } from './api/media-urls.ts'
import { createApiRoutes } from './api/routes.ts'
import { type Access, createAccess, createLevelOf, fullLevelOf, type LevelOf } from './auth/access.ts'
import { guardRunFiles } from './auth/guarded-run-files.ts'
import { guardStore } from './auth/guarded-store.ts'
import type { Identity } from './auth/identity.ts'
import type { NewServiceKeys } from './auth/new-service-keys.ts'
import { requireReading, requireReadingOfKey } from './auth/require-reading.ts'
import { allowEverything, createRequireWrite, type RequireWrite } from './auth/require-write.ts'
import { accessOfLink, shareStore } from './auth/shared-store.ts'
import type { Clock } from './clock.ts'
import type { Teams } from './domain/accounts/teams.ts'
import type { Users } from './domain/accounts/users.ts'
import { type ArtifactServices, artifactServicesOver } from './domain/artifacts/artifact-services.ts'
import type { ChangeFeed } from './domain/change-feed.ts'
import type { HistoryExports } from './domain/history-exports/history-exports.ts'
import { createHistoryRows } from './domain/history-rows.ts'
import type { LoadFigures } from './domain/load-figures.ts'
import { createProjects } from './domain/projects.ts'
import type { RunFiles } from './domain/run-files.ts'
import type { Runs } from './domain/runs.ts'
import type { LoadPoints } from './domain/series/load-points.ts'
import { createQuerySeries } from './domain/series/query-series.ts'
import { isLinkOpen } from './domain/sharing/share-links.ts'
import { createSweepServices, type SharedBySweeps } from './domain/sweeps/sweep-services.ts'
import type { TableThread } from './domain/tables/table-thread.ts'
import { createViews } from './domain/views.ts'
import type { AppEnvironment } from './http/app-environment.ts'
import type { ShowOptions } from './http/send-shown.ts'
import type { UrlSigner } from './http/signed-url.ts'
import type { Log } from './log.ts'
import type { SampleProjects } from './sample/sample-projects.ts'
import { parseGlobalId } from './wandb/artifacts/global-ids.ts'
import type { ExecuteGraphQL } from './wandb/graphql.ts'
import { createWandbRoutes } from './wandb/routes.ts'

/** What all askers share. */
export interface SharedServices {
  readonly store: Store
  readonly files: RunFiles
  readonly artifacts: ArtifactServices
  /** Of runs that the asker has found. */
  readonly historyExports: HistoryExports
  /** Reads tables that the asker has found. */
  readonly tableThread: TableThread
  /** Of runs that the asker has found; kept for all of them together. */
  readonly loadPoints: LoadPoints
  /** Of runs that the asker has found; kept for all of them together. */
  readonly loadFigures: LoadFigures
  readonly users: Users
  readonly teams: Teams
  readonly newServiceKeys: NewServiceKeys
  /** Undefined: this server has no sample to load. */
  readonly samples: SampleProjects | undefined
  /** Why programs were turned away lately. */
  readonly refusals: () => readonly Refusal[]
  readonly changes: ChangeFeed
  readonly urlSigner: UrlSigner
  readonly clock: Clock
  readonly log: Log
  readonly version: string
  readonly executeGraphQL: ExecuteGraphQL
  readonly mode: () => Promise<'open' | 'keys'>
  /** Whether it listens where other machines reach it. */
  readonly isReachedByOthers: boolean
  readonly publicUrl: string | undefined
  /** How contents are shown that people have logged. */
  readonly showing: ShowOptions
  /** Files of the page, and what is said where nothing is. */
  readonly page: Hono<AppEnvironment>
  readonly dataDirectory: string | undefined
  /** Aborted when the server closes: streams end then. */
  readonly closing: AbortSignal
  /** The rules of runs over a store, which take turns with those over the others. */
  readonly runsOver: (store: Store) => Runs
  readonly sharedBySweeps: SharedBySweeps
}

/** The routes that somebody sees: the same ones over another view of the store. */
export type Surface = Hono<AppEnvironment>

interface View {
  readonly store: Store
  readonly files: RunFiles
  readonly requireWrite: RequireWrite
  readonly levelOf: LevelOf
  readonly isAdminOf: Access['isAdminOf']
  readonly isVisible: ((at: { readonly entity: string; readonly project: string }) => Promise<boolean>) | undefined
}

/** For whoever may do everything. */
export function createFullSurface(shared: SharedServices): Surface {
  const { store, files } = shared
  return createSurface(shared, {
    store,
    files,
    requireWrite: allowEverything,
    levelOf: fullLevelOf(store),
    isAdminOf: async () => true,
    isVisible: undefined,
  })
}

/** For somebody with an account: what they may not see does not exist here. */
export function createGuardedSurface(shared: SharedServices, identity: Identity): Surface {
  const access = createAccess(shared.store, identity)
  const store = guardStore(shared.store, access)
  const requireWrite = createRequireWrite(shared.store, access)
  const surface = createSurface(shared, {
    store,
    files: guardRunFiles(shared.files, store, requireWrite),
    requireWrite,
    levelOf: createLevelOf(store, access),
    isAdminOf: access.isAdminOf,
    isVisible: async (at) => (await store.place(at)) !== undefined,
  })
  // The view of the store refuses to change projects; keys, teams and what else is there of an account are not in it.
  return identity.scope === 'read' ? behind(requireReadingOfKey, surface) : surface
}

/** For whoever has a link: what it is of, to look at; beside it there is nothing. */
export function createSharedSurface(shared: SharedServices, link: ShareLinkRow): Surface {
  const store = shareStore(shared.store, link)
  const access = accessOfLink(shared.store, link)
  const requireWrite = createRequireWrite(shared.store, access)
  const surface = createSurface(
    { ...shared, dataDirectory: undefined },
    {
      store,
      files: guardRunFiles(shared.files, store, requireWrite),
      requireWrite,
      levelOf: createLevelOf(store, access),
      isAdminOf: access.isAdminOf,
      // Events name runs: of one alone the page asks again by itself. Streams outlast what the link was when they began.
      isVisible: async (at) =>
        link.kind === 'project' &&
        (await isLinkOpen(shared.store, link.id, shared.clock.now())) &&
        (await store.place(at)) !== undefined,
    },
  )
  return behind(requireReading, surface)
}

/** The same routes after a look at each request. */
function behind(look: MiddlewareHandler, surface: Surface): Surface {
  const app = new Hono<AppEnvironment>()
  app.use(look)
  app.route('/', surface)
  app.onError((error) => {
    throw error
  })
  return app
}

function createSurface(shared: SharedServices, view: View): Surface {
  const { clock, version } = shared
  const { store, files } = view
  const runs = shared.runsOver(store)
  const projects = createProjects({ store, clock, changes: shared.changes })
  const views = createViews({ store, clock, changes: shared.changes })
  const { sweeps, sweepAgents } = createSweepServices({
    store,
    runs,
    clock,
    changes: shared.changes,
    shared: shared.sharedBySweeps,
  })
  const artifacts = artifactServicesOver(shared.artifacts, store)
  const app = new Hono<AppEnvironment>()

  app.use(async (c, next) => {
    const { requestId, identity } = c.env.asked!
    c.set('requestId', requestId)
    c.set('identity', identity)
    await next()
  })
  app.route(
    '/',
    createWandbRoutes({
      ...shared,
      store,
      runs,
      projects,
      views,
      sweeps,
      sweepAgents,
      files,
      artifacts,
      historyRows: createHistoryRows(store),
      requireWrite: view.requireWrite,
      levelOf: view.levelOf,
    }),
  )
  app.route(
    '/',
    createApiRoutes({
      store,
      users: shared.users,
      teams: shared.teams,
      runs,
      projects,
      views,
      sweeps,
      sweepAgents,
      levelOf: view.levelOf,
      isAdminOf: view.isAdminOf,
      changes: shared.changes,
      querySeries: createQuerySeries(store, runs.all, shared.loadPoints),
      loadPoints: shared.loadPoints,
      loadFigures: shared.loadFigures,
      media: {
        store,
        files,
        artifacts,
        urls: mediaUrls,
        parseArtifactId: (text) => parseGlobalId('Artifact', text),
      },
      showing: shared.showing,
      tableThread: shared.tableThread,
      samples: shared.samples,
      refusals: shared.refusals,
      clock,
      version,
      mode: shared.mode,
      isReachedByOthers: shared.isReachedByOthers,
      isVisible: view.isVisible,
      dataDirectory: shared.dataDirectory,
      closing: shared.closing,
    }),
  )
  app.route('/', shared.page)
  // The outer app knows what callers are told.
  app.onError((error) => {
    throw error
  })
  return app
}
