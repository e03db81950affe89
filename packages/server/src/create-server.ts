import { randomBytes } from 'node:crypto'
import { type Blobs, createMemoryBlobs, type Store } from '@lossline/store'
import { mediaUrls } from './api/media-urls.ts'
import { createApiRoutes } from './api/routes.ts'
import { type Clock, systemClock } from './clock.ts'
import { createArtifactServices } from './domain/artifacts/artifact-services.ts'
import { type CollectGarbageOptions, collectGarbage, type GarbageReport } from './domain/artifacts/collect-garbage.ts'
import { createChangeFeed } from './domain/change-feed.ts'
import { createHistoryRows } from './domain/history-rows.ts'
import type { RunFiles } from './domain/run-files.ts'
import { createRuns, type RunAlert, type Runs, sweepIntervalMs } from './domain/runs.ts'
import { createQuerySeries } from './domain/series/query-series.ts'
import { createMemoryRunFiles } from './files/memory-run-files.ts'
import { createCatchUp } from './http/catch-up.ts'
import { createApp } from './http/create-app.ts'
import { createUrlSigner } from './http/signed-url.ts'
import { createStaticFiles } from './http/static-files.ts'
import { type Log, silentLog, toLogFields } from './log.ts'
import { serverVersion } from './version.ts'
import { parseGlobalId } from './wandb/artifacts/global-ids.ts'
import { manifestCodec } from './wandb/artifacts/manifest-codec.ts'
import { createWandbRoutes } from './wandb/routes.ts'

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
  /** Shown to local askers. */
  readonly dataDirectory?: string
  /** At least 32 bytes that sign upload links; links from before a restart work only with the same ones. Default: random. */
  readonly secret?: Uint8Array
  /** Brings everything that run folders hold into the store. Requests that ask for it wait. */
  readonly catchUp?: () => Promise<void>
  /** False: requests under any Host are answered, for a server that is open to a network on purpose. Default true. */
  readonly isLoopbackOnly?: boolean
}

/** A server without a socket: a function over a store. */
export interface LosslineServer {
  /** Answers a request as if it came over the network: Host and Origin are checked. Never rejects. */
  fetch(request: Request): Promise<Response>
  /** The same for callers in this process, which are trusted. */
  fetchInProcess(request: Request): Promise<Response>
  /** The rules of runs, for callers in this process. */
  readonly runs: Runs
  /** Lets go of contents that nothing refers to any more, or says which these are. */
  collectGarbage(options: CollectGarbageOptions): Promise<GarbageReport>
  /** Ends streams and timers. Requests in flight are not waited for. */
  close(): Promise<void>
}

/** Makes the server over an open store. */
export function createServer(options: CreateServerOptions): LosslineServer {
  const { store, clock = systemClock, log = silentLog } = options
  const closing = new AbortController()
  const changes = createChangeFeed(clock)
  const files = options.files ?? createMemoryRunFiles(clock)
  const artifacts = createArtifactServices({
    store,
    blobs: options.blobs ?? createMemoryBlobs(),
    manifests: manifestCodec,
    clock,
  })
  const runs = createRuns({ store, clock, changes, onAlert: options.onAlert })
  const version = serverVersion()
  const app = createApp({
    log,
    ping: () => store.ping(),
    isLoopbackOnly: options.isLoopbackOnly ?? true,
    catchUp: options.catchUp && createCatchUp({ catchUp: options.catchUp, clock }),
    staticFiles: options.webRoot === undefined ? undefined : createStaticFiles(options.webRoot),
    wandb: createWandbRoutes({
      store,
      runs,
      historyRows: createHistoryRows(store),
      files,
      artifacts,
      urlSigner: createUrlSigner(options.secret ?? randomBytes(32)),
      clock,
      log,
      version,
    }),
    api: createApiRoutes({
      store,
      runs,
      changes,
      querySeries: createQuerySeries(store, runs.all),
      media: { store, files, artifacts, urls: mediaUrls, parseArtifactId: (text) => parseGlobalId('Artifact', text) },
      clock,
      version,
      dataDirectory: options.dataDirectory,
      closing: closing.signal,
    }),
  })

  let sweepTimer: unknown
  const sweepLater = (): void => {
    sweepTimer = clock.setTimeout(() => {
      runs
        .sweep()
        .catch((error: unknown) => log('error', 'sweep failed', toLogFields(error)))
        .finally(() => {
          if (!closing.signal.aborted) sweepLater()
        })
    }, sweepIntervalMs)
  }
  sweepLater()

  return {
    runs,
    collectGarbage: (collectOptions) => collectGarbage(artifacts, files, collectOptions),
    // A second argument is not passed on: it says who is trusted.
    fetch: async (request) => app.fetch(request),
    fetchInProcess: async (request) => app.fetch(request, { caller: 'in-process' }),
    close: async () => {
      closing.abort()
      clock.clearTimeout(sweepTimer)
      changes.close()
    },
  }
}
