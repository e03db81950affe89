import type { Store } from '@lossline/store'
import { Hono } from 'hono'
import { mediaUrls } from './api/media-urls.ts'
import { createApiRoutes } from './api/routes.ts'
import { createAccess, createLevelOf, fullLevelOf, type LevelOf } from './auth/access.ts'
import { guardRunFiles } from './auth/guarded-run-files.ts'
import { guardStore } from './auth/guarded-store.ts'
import type { Identity } from './auth/identity.ts'
import type { NewServiceKeys } from './auth/new-service-keys.ts'
import { allowEverything, createRequireWrite, type RequireWrite } from './auth/require-write.ts'
import type { Clock } from './clock.ts'
import type { Teams } from './domain/accounts/teams.ts'
import type { Users } from './domain/accounts/users.ts'
import { type ArtifactServices, artifactServicesOver } from './domain/artifacts/artifact-services.ts'
import type { ChangeFeed } from './domain/change-feed.ts'
import type { HistoryExports } from './domain/history-exports/history-exports.ts'
import { createHistoryRows } from './domain/history-rows.ts'
import { createProjects } from './domain/projects.ts'
import type { RunFiles } from './domain/run-files.ts'
import type { Runs } from './domain/runs.ts'
import { createQuerySeries } from './domain/series/query-series.ts'
import { createSweeps } from './domain/sweeps/sweeps.ts'
import { createViews } from './domain/views.ts'
import { inflateRaw } from './files/inflate-raw.ts'
import type { AppEnvironment } from './http/app-environment.ts'
import type { UrlSigner } from './http/signed-url.ts'
import type { Log } from './log.ts'
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
  readonly users: Users
  readonly teams: Teams
  readonly newServiceKeys: NewServiceKeys
  readonly changes: ChangeFeed
  readonly urlSigner: UrlSigner
  readonly clock: Clock
  readonly log: Log
  readonly version: string
  readonly executeGraphQL: ExecuteGraphQL
  readonly mode: () => Promise<'open' | 'keys'>
  readonly publicUrl: string | undefined
  /** Files of the page, and what is said where nothing is. */
  readonly page: Hono<AppEnvironment>
  readonly dataDirectory: string | undefined
  /** Aborted when the server closes: streams end then. */
  readonly closing: AbortSignal
  /** The rules of runs over a store, which take turns with those over the others. */
  readonly runsOver: (store: Store) => Runs
}

/** The routes that somebody sees: the same ones over another view of the store. */
export type Surface = Hono<AppEnvironment>

interface View {
  readonly store: Store
  readonly files: RunFiles
  readonly requireWrite: RequireWrite
  readonly levelOf: LevelOf
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
    isVisible: undefined,
  })
}

/** For somebody with an account: what they may not see does not exist here. */
export function createGuardedSurface(shared: SharedServices, identity: Identity): Surface {
  const access = createAccess(shared.store, identity)
  const store = guardStore(shared.store, access)
  const requireWrite = createRequireWrite(shared.store, access)
  return createSurface(shared, {
    store,
    files: guardRunFiles(shared.files, store, requireWrite),
    requireWrite,
    levelOf: createLevelOf(store, access),
    isVisible: async (at) => (await store.place(at)) !== undefined,
  })
}

function createSurface(shared: SharedServices, view: View): Surface {
  const { clock, version } = shared
  const { store, files } = view
  const runs = shared.runsOver(store)
  const projects = createProjects({ store, clock, changes: shared.changes })
  const views = createViews({ store, clock, changes: shared.changes })
  const sweeps = createSweeps({ store, runs, clock, changes: shared.changes })
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
      runs,
      projects,
      views,
      sweeps,
      levelOf: view.levelOf,
      changes: shared.changes,
      querySeries: createQuerySeries(store, runs.all),
      media: {
        store,
        files,
        artifacts,
        urls: mediaUrls,
        parseArtifactId: (text) => parseGlobalId('Artifact', text),
        inflateRaw,
      },
      clock,
      version,
      mode: shared.mode,
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
