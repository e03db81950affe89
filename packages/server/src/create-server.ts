import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Blobs, createMemoryBlobs, type Store } from '@lossline/store'
import { createAdminRoutes } from './api/admin-routes.ts'
import { createSessionRoutes } from './api/session-routes.ts'
import { fullLevelOf } from './auth/access.ts'
import { type AuthMode, createAuthenticator } from './auth/authenticate.ts'
import { createNewServiceKeys } from './auth/new-service-keys.ts'
import { allowEverything } from './auth/require-write.ts'
import { createSessions } from './auth/sessions.ts'
import { createShareCookies } from './auth/share-cookie.ts'
import { createSharedSurfaces, createSurfaces } from './auth/surfaces.ts'
import type { OpenedBackup } from './backup/write-backup.ts'
import { type Clock, systemClock } from './clock.ts'
import { createTeams } from './domain/accounts/teams.ts'
import { createUsers } from './domain/accounts/users.ts'
import { createArtifactServices } from './domain/artifacts/artifact-services.ts'
import {
  type CollectGarbageOptions,
  collectGarbage,
  type GarbageReport,
  releaseContents,
} from './domain/artifacts/collect-garbage.ts'
import { contentsOfProject, runIdsOf } from './domain/artifacts/contents-of-project.ts'
import { keepUpArtifacts, upkeepIntervalMs } from './domain/artifacts/upkeep.ts'
import { createChangeFeed } from './domain/change-feed.ts'
import { createHistoryExports } from './domain/history-exports/history-exports.ts'
import { createHistoryRows } from './domain/history-rows.ts'
import { createKeyedQueue, maintenanceTurn } from './domain/keyed-queue.ts'
import { createLoadFigures } from './domain/load-figures.ts'
import { createProjects } from './domain/projects.ts'
import type { RunFiles } from './domain/run-files.ts'
import { createRuns, type RunAlert, type Runs, sweepIntervalMs } from './domain/runs.ts'
import { createLoadPoints } from './domain/series/load-points.ts'
import { createMetricHistories } from './domain/sweeps/metric-histories.ts'
import { createSweepServices } from './domain/sweeps/sweep-services.ts'
import { createSweepWatch } from './domain/sweeps/sweep-watch.ts'
import { createViews } from './domain/views.ts'
import { ServerError } from './errors.ts'
import { createXxh128 } from './files/create-xxh128.ts'
import { encodeParquet } from './files/encode-parquet.ts'
import { createMemoryRunFiles } from './files/memory-run-files.ts'
import { createCatchUp } from './http/catch-up.ts'
import { createApp } from './http/create-app.ts'
import { createAnonymousRoutes, createPageRoutes } from './http/page-routes.ts'
import { createRateLimit } from './http/rate-limit.ts'
import { createRefusals } from './http/refusals.ts'
import { createShareRoutes } from './http/share-routes.ts'
import { createUrlSigner } from './http/signed-url.ts'
import { createStaticFiles } from './http/static-files.ts'
import { type Log, silentLog, toLogFields } from './log.ts'
import { createFolderMetrics } from './metrics/folder-metrics.ts'
import { readLiveMetrics } from './metrics/live-metrics.ts'
import { createMetricsRoute } from './metrics/metrics-route.ts'
import { type NetworkBytes, toNetworkFamily } from './metrics/network-bytes.ts'
import { openProcessMetrics } from './metrics/process-metrics.ts'
import { createServerMetrics } from './metrics/server-metrics.ts'
import { createSampleProjects, type SampleProjects } from './sample/sample-projects.ts'
import { openSuggestionThread } from './suggestions/open-suggestion-thread.ts'
import { createFullSurface, createGuardedSurface, createSharedSurface, type SharedServices } from './surface.ts'
import { openTableThread } from './tables/open-table-thread.ts'
import { createThumbnails, noThumbnails } from './thumbnails/create-thumbnails.ts'
import { openThumbnailThread } from './thumbnails/open-thumbnail-thread.ts'
import { serverVersion } from './version.ts'
import { manifestCodec } from './wandb/artifacts/manifest-codec.ts'
import { createExecuteGraphQL } from './wandb/graphql.ts'
import { createSignedRoutes } from './wandb/routes.ts'

/** What a server is made of. */
export interface CreateServerOptions {
  /** The caller's: closing the server leaves it open. */
  readonly store: Store
  /** Contents of run files. Default: in memory. */
  readonly files?: RunFiles
  /** Contents of artifacts. Default: in memory. */
  readonly blobs?: Blobs
  /** Default: the machine's. */
  readonly clock?: Clock
  /** Default: silent. */
  readonly log?: Log
  /** Directory of the built page. Default: no page, only the APIs. */
  readonly webRoot?: string
  /** Told of each alert that a run's program sends. */
  readonly onAlert?: (alert: RunAlert) => void
  /** Shown to local askers; `cache/` in it holds thumbnails. Without it pictures are sent as they are. */
  readonly dataDirectory?: string
  /** At least 32 bytes that sign links and sessions; those from before a restart work only with the same ones. Default: random. */
  readonly secret?: Uint8Array
  /** Who may ask. Default `open`: everybody who reaches the server. */
  readonly auth?: AuthMode
  /** Opens `/api/admin/…` to whoever knows it. Default: nobody. */
  readonly adminToken?: string | undefined
  /** Opens everything to programs of this machine that know it. Default: none. */
  readonly localToken?: string | undefined
  /** Where clients reach the server, if that is not what their requests say. */
  readonly publicUrl?: string | undefined
  /**
   * Origins of notebooks, such as `https://hub.example.org`, that may show runs in frames. Default: those of the reader's machine
   * and of the host of the server.
   */
  readonly notebookOrigins?: readonly string[] | undefined
  /** Requests that one user may send a second, on average; more are told to wait. Default: any number. */
  readonly requestsPerSecond?: number | undefined
  /** Makes a backup of the data folder; nothing is collected until it is closed. Default: there is none to be had. */
  readonly openBackup?: () => Promise<OpenedBackup>
  /**
   * Folders with databases that were put aside. While there is one, no contents are removed: it may be the only one that refers
   * to them. Default: there are none.
   */
  readonly findFormerDatabases?: () => Promise<readonly string[]>
  /** The packed sample project, and a folder in which it may be unpacked while it is loaded. Default: there is none to load. */
  readonly sample?: { readonly packPath: string; readonly workDirectory: string }
  /** What the connections of the server have carried so far, for its metrics. Default: not told. */
  readonly networkBytes?: () => NetworkBytes
  /** Brings everything that run folders hold into the store. Requests that ask for it wait. */
  readonly catchUp?: () => Promise<void>
  /** False: requests under any Host are answered, for a server that is open to a network on purpose. Default true. */
  readonly isLoopbackOnly?: boolean
}

/** A server without a socket: a function over a store. */
export interface LosslineServer {
  /** Answers a request as if it came over the network: Host and Origin are checked. Never rejects. */
  fetch(request: Request): Promise<Response>
  /**
   * The same for callers in this process, which are trusted.
   *
   * @param options.heardAtMs - When the run's program gave this sign of life, Unix milliseconds. Default: now.
   */
  fetchInProcess(request: Request, options?: { readonly heardAtMs?: number | undefined }): Promise<Response>
  /** The rules of runs, for callers in this process. */
  readonly runs: Runs
  /** Whether there is anybody with an account. */
  hasUsers(): Promise<boolean>
  /**
   * Lets go of contents that nothing refers to any more, or says which these are.
   *
   * @throws {@link ServerError} `former-database` while a database that was put aside may need them.
   */
  collectGarbage(options: CollectGarbageOptions): Promise<GarbageReport>
  /** Ends streams and timers. Requests in flight are not waited for. */
  close(): Promise<void>
}

/** Makes the server over an open store. */
export function createServer(options: CreateServerOptions): LosslineServer {
  const { clock = systemClock, log = silentLog, publicUrl } = options
  const metrics = createServerMetrics()
  const processMetrics = openProcessMetrics()
  const store = metrics.measure(options.store)
  const closing = new AbortController()
  const changes = createChangeFeed(clock)
  const files = options.files ?? createMemoryRunFiles(clock)
  const secret = options.secret ?? randomBytes(32)
  const urlSigner = createUrlSigner(secret)
  const blobs = options.blobs ?? createMemoryBlobs()
  const artifacts = createArtifactServices({
    store,
    blobs,
    manifests: manifestCodec,
    createXxh128,
    clock,
  })
  const turns = createKeyedQueue()
  const upSinceMs = clock.now()
  const allowedSilence = new Map<number, number>()
  const runsOver = (view: Store): Runs =>
    createRuns({
      store: view,
      clock,
      changes,
      turns,
      upSinceMs,
      allowedSilence,
      onProgress: (run) => sweepWatch.note(run),
      onAlert: options.onAlert,
    })
  const runs = runsOver(store)
  const ofSweeps = { turns: createKeyedQueue(), histories: createMetricHistories() }
  const sweepWatch = createSweepWatch({ ...ofSweeps, store, runs, changes, clock, log })
  const suggestionThread = openSuggestionThread()
  const sharedBySweeps = { ...ofSweeps, watch: sweepWatch, suggestionThread }

  const users = createUsers({ store, clock })
  const teams = createTeams({ store, clock, users })
  const sessions = createSessions({ store, clock, secret })
  const shareCookies = createShareCookies({ store, clock, secret })
  const authenticator = createAuthenticator({
    mode: options.auth ?? 'open',
    store,
    users,
    sessions,
    log,
    localToken: options.localToken,
    isLoopbackOnly: options.isLoopbackOnly ?? true,
  })

  const maintenanceTurns = createKeyedQueue()
  const { findFormerDatabases = async () => [] } = options
  const collect = (collectOptions: CollectGarbageOptions): Promise<GarbageReport> =>
    maintenanceTurns.run(maintenanceTurn, async () => {
      const formerFolders = await findFormerDatabases()
      if (formerFolders.length > 0) throw mayBeNeeded(formerFolders)
      return collectGarbage(artifacts, files, collectOptions)
    })
  const notebookOrigins = [
    ...(publicUrl === undefined ? [] : [new URL(publicUrl).origin]),
    ...(options.notebookOrigins ?? []),
  ]
  const page = createPageRoutes(
    options.webRoot === undefined ? undefined : createStaticFiles(options.webRoot),
    notebookOrigins,
  )
  const tableThread = openTableThread()
  const thumbnailThread = openThumbnailThread()
  const thumbnails =
    options.dataDirectory === undefined
      ? noThumbnails
      : createThumbnails(join(options.dataDirectory, 'cache'), thumbnailThread)
  const samples: SampleProjects | undefined =
    options.sample &&
    createSampleProjects({
      ...options.sample,
      store,
      runs,
      clock,
      changes,
      log,
      fetch: async (request, heardAtMs) => app.fetch(request, { caller: 'in-process', heardAtMs }),
      contentsOf: async (project) =>
        contentsOfProject(artifacts, files, { id: project.id, runIds: await runIdsOf(store, project) }),
      release: (digests, untouchedSinceMs) =>
        maintenanceTurns.run(maintenanceTurn, async () => {
          if ((await findFormerDatabases()).length > 0) return
          await releaseContents(artifacts, files, { digests, untouchedSinceMs })
        }),
      inMaintenanceTurn: (task) => maintenanceTurns.run(maintenanceTurn, task),
      forgetFiles: (run) => files.forget(run),
    })
  const refusals = createRefusals(clock)
  const shared: SharedServices = {
    store,
    files,
    artifacts,
    historyExports: createHistoryExports({
      store,
      blobs,
      encode: encodeParquet,
      clock,
      log,
      closing: closing.signal,
    }),
    tableThread,
    loadPoints: createLoadPoints(store),
    loadFigures: createLoadFigures(store),
    users,
    teams,
    newServiceKeys: createNewServiceKeys(clock),
    samples,
    refusals: refusals.list,
    changes,
    urlSigner,
    clock,
    log,
    version: serverVersion(),
    executeGraphQL: createExecuteGraphQL(log),
    mode: authenticator.mode,
    isReachedByOthers: options.isLoopbackOnly === false,
    publicUrl,
    showing: { notebookOrigins, thumbnails },
    page,
    dataDirectory: options.dataDirectory,
    closing: closing.signal,
    runsOver,
    sharedBySweeps,
  }
  metrics.addSource(() => processMetrics.families())
  metrics.addSource(() => readLiveMetrics(store, changes))
  if (options.dataDirectory !== undefined) metrics.addSource(createFolderMetrics(options.dataDirectory))
  const { networkBytes } = options
  if (networkBytes !== undefined) metrics.addSource(() => [toNetworkFamily(networkBytes())])
  const sharedSurfaceOf = createSharedSurfaces((link) => createSharedSurface(shared, link))
  const app = createApp({
    log,
    metrics,
    refusals,
    ping: () => store.ping(),
    authenticator,
    rateLimit: options.requestsPerSecond === undefined ? undefined : createRateLimit(clock, options.requestsPerSecond),
    catchUp: options.catchUp && createCatchUp({ catchUp: options.catchUp, clock }),
    surfaceOf: createSurfaces({
      full: createFullSurface(shared),
      anonymous: createAnonymousRoutes(page),
      create: (identity) => createGuardedSurface(shared, identity),
    }),
    sharedSurfaceOf: async (request) => {
      if (!shareCookies.isShown(request.headers) || (await authenticator.mode()) === 'open') return undefined
      const link = await shareCookies.find(request.headers)
      return link && { linkId: link.id, surface: sharedSurfaceOf(link) }
    },
    ownRoutes: [
      createShareRoutes({ store, authenticator, publicUrl, clock, cookies: shareCookies }),
      createSignedRoutes({
        ...shared,
        runs,
        projects: createProjects({ store, clock, changes }),
        views: createViews({ store, clock, changes }),
        ...createSweepServices({ store, runs, clock, changes, shared: sharedBySweeps }),
        historyRows: createHistoryRows(store),
        requireWrite: allowEverything,
        levelOf: fullLevelOf(store),
      }),
      createMetricsRoute({ metrics, authenticator, adminToken: options.adminToken }),
      createSessionRoutes({ authenticator, sessions, users, publicUrl, shareCookies }),
      createAdminRoutes({
        store,
        users,
        teams,
        authenticator,
        adminToken: options.adminToken,
        localToken: options.localToken,
        maintenanceTurns,
        collectGarbage: collect,
        openBackup: options.openBackup,
      }),
    ],
  })

  const told = (message: string) => (error: unknown) => log('error', message, toLogFields(error))
  const endTasks = [
    repeat(clock, sweepIntervalMs, () => runs.sweep(), told('sweep failed')),
    repeat(
      clock,
      upkeepIntervalMs,
      () =>
        maintenanceTurns.run(maintenanceTurn, async () =>
          keepUpArtifacts(artifacts, { areUploadsKept: (await findFormerDatabases()).length > 0 }),
        ),
      told('upkeep failed'),
    ),
  ]

  return {
    runs,
    hasUsers: users.isAnybodyKnown,
    collectGarbage: collect,
    // A second argument is not passed on: it says who is trusted.
    fetch: async (request) => app.fetch(request),
    fetchInProcess: async (request, { heardAtMs } = {}) => app.fetch(request, { caller: 'in-process', heardAtMs }),
    close: async () => {
      closing.abort()
      for (const end of endTasks) end()
      await samples?.close()
      await sweepWatch.close()
      changes.close()
      processMetrics.close()
      await tableThread.close()
      await thumbnailThread.close()
      await suggestionThread.close()
    },
  }
}

function mayBeNeeded(formerFolders: readonly string[]): ServerError {
  return new ServerError({
    code: 'former-database',
    message: `Nothing is removed while somebody may go back to a former database: ${formerFolders.join(', ')}.`,
    hint: 'Remove the folder, or move it out of the data folder, once nobody will go back: contents that only it refers to are removed then.',
  })
}

/** Does something again and again, each time so long after the last one is done. @returns a function that ends it. */
function repeat(
  clock: Clock,
  intervalMs: number,
  task: () => Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  let isEnded = false
  let timer: unknown
  const later = (): void => {
    timer = clock.setTimeout(() => {
      task()
        .catch(onError)
        .finally(() => {
          if (!isEnded) later()
        })
    }, intervalMs)
  }
  later()
  return () => {
    isEnded = true
    clock.clearTimeout(timer)
  }
}
