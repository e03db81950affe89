import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { join, resolve } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { openDirectoryBlobs, openSqliteStore } from '@lossline/store'
import { noSample } from './api/sample-routes.ts'
import type { AuthMode } from './auth/authenticate.ts'
import { localIdentity } from './auth/identity.ts'
import { isLoopbackHost } from './auth/open-mode.ts'
import { backupWorkPrefix } from './backup/backup-format.ts'
import { openBackup } from './backup/write-backup.ts'
import { systemClock } from './clock.ts'
import { createServer } from './create-server.ts'
import { generateApiKey } from './domain/accounts/api-keys.ts'
import type { CollectGarbageOptions, GarbageReport } from './domain/artifacts/collect-garbage.ts'
import type { RunAlert } from './domain/runs.ts'
import { ServerError } from './errors.ts'
import { createDirectoryRunFiles } from './files/directory-run-files.ts'
import { type Ingest, startIngest } from './ingest/start-ingest.ts'
import { createJsonLog, type Log, toLogFields } from './log.ts'
import { countNetworkBytes, type NetworkBytes } from './metrics/network-bytes.ts'
import { sampleWorkPrefix } from './sample/sample-projects.ts'
import { prepareClose } from './start/close-http-server.ts'
import {
  findFormerDatabases,
  keptBytes,
  keptStoreId,
  prepareDataDirectory,
  removeWork,
} from './start/data-directory.ts'
import { listenOnFreePort } from './start/listen.ts'
import { removeServerFile, writeServerFile } from './start/server-file.ts'
import { createTemporaryEnd } from './start/temporary-end.ts'
import { checkWatchedEntity, watchedFoldersOrThrow } from './start/watched-folders.ts'
import { acquireWriterLease, type WriterLease } from './start/writer-lease.ts'
import { serverVersion } from './version.ts'

const idleAfterMsDefault = 15_000

/** Where `lossline serve` listens unless told otherwise. */
export const defaultPort = 5757

/** What to serve, and where. */
export interface StartServerOptions {
  /** A `.lossline` directory; made if missing. Holds `store.db`, `blobs/`, `server.json`. */
  readonly dataDirectory: string
  /** Default `127.0.0.1`. */
  readonly host?: string
  /** Default 5757; the next free one if it is taken. 0: any. */
  readonly port?: number
  /** Directory of the built page. Default: no page. */
  readonly webRoot?: string
  /** The packed sample project that people may load. Default: there is none. */
  readonly samplePack?: string
  /** `.lossline` directories whose `runs/*` are read live. Default: the data directory. */
  readonly watch?: readonly string[]
  /**
   * Folders of W&B's client that are shown live and not changed: `wandb` folders, folders that hold one, or run folders. One
   * that is missing is waited for. Default: none.
   */
  readonly watchWandb?: readonly string[]
  /** Where the runs of those go. Default: where they say, else `local`; needed where keys are asked for. */
  readonly watchEntity?: string
  /**
   * Who may ask. Default: `auto` on this machine's own addresses (keys as soon as there is a user), `keys` on others.
   * `open` on others needs {@link StartServerOptions.allowOpen}.
   */
  readonly auth?: AuthMode
  /** Listen on an address that others reach, without any keys. Default false. */
  readonly allowOpen?: boolean
  /** Opens `/api/admin/…` to whoever sends it as a bearer token. Default: nobody. */
  readonly adminToken?: string
  /** Where clients reach the server, such as `https://track.example.org`. Default: what their requests say. */
  readonly publicUrl?: string
  /**
   * Origins of notebooks, such as `https://hub.example.org`, that may show runs in frames. Default: those of the reader's machine
   * and of the host of the server.
   */
  readonly notebookOrigins?: readonly string[]
  /** Requests that one user may send a second, on average. Default: any number. */
  readonly requestsPerSecond?: number
  /**
   * A server for a program that needs answers: it makes room when another server wants the data directory, and ends
   * when nobody has asked it anything for `idleAfterMs`. Default false.
   */
  readonly isTemporary?: boolean
  /** Of a temporary server, milliseconds. Default 15,000. */
  readonly idleAfterMs?: number
  /** Told of each alert that a run's program sends. */
  readonly onAlert?: (alert: RunAlert) => void
  /** Default: JSON lines on stderr, `warn` and above. */
  readonly log?: Log
}

/** A server that listens. */
export interface StartedServer {
  /** Such as `http://127.0.0.1:5757`. */
  readonly url: string
  readonly port: number
  /** True when the asked-for port was taken. */
  readonly isOtherPort: boolean
  readonly dataDirectory: string
  /** Resolves when the server has closed, also by itself. Never rejects. */
  readonly ended: Promise<void>
  /**
   * Lets go of contents that nothing refers to any more, or says which these are.
   *
   * @throws {@link ServerError} `former-database` while a database that was put aside may need them.
   */
  collectGarbage(options: CollectGarbageOptions): Promise<GarbageReport>
  /**
   * Begins to load the sample project, or goes on with it; nothing where it is there.
   *
   * @throws {@link ServerError} `unsupported-operation` without a sample, and where keys are asked for: there it belongs to
   * whoever loads it on the page.
   */
  loadSample(): Promise<void>
  /** Stops taking requests, finishes those in flight, writes everything down. Safe to call twice. */
  close(): Promise<void>
}

/**
 * Opens the store of a data directory and serves it.
 *
 * @throws {@link ServerError} `address-not-loopback`, `address-in-use`, `data-directory`, `server-already-running`,
 * `watched-folder`, `watched-entity`; StoreError for a store that cannot be opened.
 */
export async function startServer(options: StartServerOptions): Promise<StartedServer> {
  const host = options.host ?? '127.0.0.1'
  const isLoopbackOnly = isLoopbackHost(host.includes(':') ? `[${host}]` : host)
  const auth = options.auth ?? (isLoopbackOnly ? 'auto' : options.allowOpen === true ? 'open' : 'keys')
  if (!isLoopbackOnly && auth !== 'keys' && options.allowOpen !== true) throw notLoopback(host)
  const log = options.log ?? createJsonLog({ level: 'warn', write: (line) => process.stderr.write(line) })
  const wandbDirectories = watchedFoldersOrThrow(options.watchWandb ?? [])
  const dataDirectory = resolve(options.dataDirectory)
  await prepareDataDirectory(dataDirectory)
  const storePath = join(dataDirectory, 'store.db')
  // Undone in reverse order, at shutdown and when a later step of the start fails.
  const cleanups: (() => unknown)[] = []
  const close = async (): Promise<void> => {
    const failures: unknown[] = []
    for (let undo = cleanups.pop(); undo !== undefined; undo = cleanups.pop()) {
      // One that fails (a lease that a full disk does not let go of) must not keep the store from being closed.
      try {
        await undo()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
  const { promise: ended, resolve: resolveEnded } = Promise.withResolvers<void>()
  let closing: Promise<void> | undefined
  const closeOnce = (): Promise<void> => (closing ??= close().finally(resolveEnded))
  // The wish to end can come while the start still goes on, which needs the store: it is granted after it.
  const { promise: startSettled, resolve: settleStart } = Promise.withResolvers<void>()
  const closeByItself = (): void => {
    startSettled.then(closeOnce).catch((error: unknown) => log('error', 'closing failed', toLogFields(error)))
  }

  try {
    const store = await openSqliteStore({ path: storePath })
    cleanups.push(() => store.close())
    let lease: WriterLease | undefined
    let url = ''
    cleanups.push(async () => {
      if (lease !== undefined) removeServerFile(dataDirectory, { url, pid: process.pid })
      await lease?.release()
    })
    const blobs = openDirectoryBlobs({ path: join(dataDirectory, 'blobs') })
    let ingest: Ingest | undefined
    let countBytes: () => NetworkBytes = () => ({ received: 0, sent: 0 })
    const localToken = generateApiKey()
    const server = createServer({
      store,
      auth,
      localToken,
      adminToken: options.adminToken,
      publicUrl: options.publicUrl,
      notebookOrigins: options.notebookOrigins,
      requestsPerSecond: options.requestsPerSecond,
      files: createDirectoryRunFiles(dataDirectory, blobs, systemClock),
      blobs,
      log,
      dataDirectory,
      isLoopbackOnly,
      networkBytes: () => countBytes(),
      openBackup: () => openBackup({ dataDirectory, blobs, version: serverVersion(), nowMs: systemClock.now() }),
      findFormerDatabases: () => findFormerDatabases(dataDirectory),
      catchUp: async () => ingest?.catchUp(),
      secret: await keptBytes(join(dataDirectory, 'upload-secret')),
      ...(options.onAlert === undefined ? {} : { onAlert: options.onAlert }),
      ...(options.webRoot === undefined ? {} : { webRoot: options.webRoot }),
      ...(options.samplePack === undefined
        ? {}
        : { sample: { packPath: options.samplePack, workDirectory: dataDirectory } }),
    })

    const answer = async (request: Request): Promise<Response> => {
      if (ingest === undefined) return starting()
      return server.fetch(request)
    }
    const { isTemporary = false, idleAfterMs = idleAfterMsDefault } = options
    const temporaryEnd = isTemporary
      ? createTemporaryEnd({ clock: systemClock, idleAfterMs, end: closeByItself })
      : undefined
    cleanups.push(() => temporaryEnd?.close())
    const starting = (): Response => new Response('starting', { status: 503, headers: { 'Retry-After': '1' } })
    const httpServer = createAdaptorServer({
      // The program that starts the server keeps its own Request and Response.
      overrideGlobalObjects: false,
      fetch: (request, { outgoing }) => {
        if (temporaryEnd === undefined) return answer(request)
        return temporaryEnd.answer(request, answer, (listener) => outgoing.once('close', listener))
      },
    }) as Server
    // Go's clients keep idle connections for 90 s; closing first would meet their next request on its way.
    httpServer.keepAliveTimeout = 95_000
    countBytes = countNetworkBytes(httpServer)
    const closeHttpServer = prepareClose(httpServer)
    cleanups.push(async () => {
      await closeHttpServer(() => server.close())
      await server.close()
    })
    const askedPort = options.port ?? defaultPort
    const port = await listenOnFreePort(httpServer, host, askedPort)
    url = `http://${toUrlHost(host)}:${port}`

    const here = { pid: process.pid, version: serverVersion(), isTemporary, token: localToken }
    lease = await acquireWriterLease({
      store,
      clock: systemClock,
      dataDirectory,
      owner: randomUUID(),
      isTemporary,
      announce: () => writeServerFile(dataDirectory, { ...here, url }),
      onLost: () => {
        const level = isTemporary ? 'info' : 'error'
        log(level, 'another server took over this data directory; closing', { dataDirectory })
        closeByItself()
      },
    })
    // With the lease held, no backup is under way, and no sample is being loaded.
    for (const prefix of [backupWorkPrefix, sampleWorkPrefix]) await removeWork(dataDirectory, prefix)
    if (wandbDirectories.length > 0) {
      const isOpen = auth === 'open' || (auth === 'auto' && !(await server.hasUsers()))
      await checkWatchedEntity(store, { mode: isOpen ? 'open' : 'keys', entity: options.watchEntity })
    }
    const startedIngest = startIngest({
      directories: (options.watch ?? [dataDirectory]).map((directory) => resolve(directory)),
      wandbDirectories,
      wandbEntity: options.watchEntity,
      dataDirectory,
      storeId: await keptStoreId(dataDirectory),
      server,
      clock: systemClock,
      log,
    })
    ingest = startedIngest
    cleanups.push(() => startedIngest.close())
    log('info', 'listening', { url, dataDirectory })
    if (auth === 'keys' && options.adminToken === undefined && !(await server.hasUsers())) {
      log('warn', 'nobody has a key yet: add users with `lossline user add NAME`', { dataDirectory })
    }
    return {
      url,
      port,
      isOtherPort: askedPort !== 0 && port !== askedPort,
      dataDirectory,
      ended,
      collectGarbage: server.collectGarbage,
      loadSample: async () => {
        if (auth === 'keys' || (auth === 'auto' && (await server.hasUsers()))) throw sampleOfSomebody()
        const url = `http://localhost/api/sample/${localIdentity.defaultEntity}`
        const response = await server.fetchInProcess(new Request(url, { method: 'POST' }))
        if (!response.ok) throw noSample()
      },
      close: closeOnce,
    }
  } catch (error) {
    // The first failure is the one to tell.
    await closeOnce().catch(() => {})
    throw error
  } finally {
    settleStart()
  }
}

/** An address for all interfaces is no address to visit. */
function toUrlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

function sampleOfSomebody(): ServerError {
  return new ServerError({
    code: 'unsupported-operation',
    message: 'Where keys are asked for, the sample belongs to whoever loads it.',
    hint: 'Sign in on the page and load it there.',
  })
}

function notLoopback(host: string): ServerError {
  return new ServerError({
    code: 'address-not-loopback',
    message: `Listening on "${host}" without keys would let everybody who reaches it read and change all runs.`,
    hint: 'Leave out --auth so that keys are asked for, or pass --allow-open if the network is trusted.',
  })
}
