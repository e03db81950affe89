import { createJsonLog, findRunningServer, startServer } from '@lossline/server'
import { chooseDataDirectory } from '../data-directory.ts'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'
import { findWebRoot } from '../web-root.ts'

/** Arguments of `lossline serve`. */
export interface ServeArgs {
  /** Default: this machine only. */
  readonly host?: string
  /** Default: 5757, or the next free port. */
  readonly port?: number
  /** Default: the `.lossline` folder that `init` would write to. */
  readonly dataDir?: string
  /** Opens the page, and does with a server that is up already. */
  readonly open?: boolean
  readonly allowOpen?: boolean
  /** Default: keys as soon as there is a user, or the address is not of this machine alone. */
  readonly auth?: 'open' | 'keys'
  /** Default: what requests say. */
  readonly publicUrl?: string
  /** Requests that one user may send a second. Default: any number. */
  readonly rateLimit?: number
  readonly json?: boolean
  readonly verbose?: boolean
}

/**
 * Serves a data folder until the process is asked to end: shows its runs while they are written, and takes those that
 * clients send.
 *
 * @throws ServerError when the port or the folder cannot be had, StoreError when the store cannot be opened.
 */
export async function serve(args: ServeArgs, effects: Effects): Promise<number> {
  const dataDirectory = chooseDataDirectory(args.dataDir)
  const running = findRunningServer(dataDirectory)
  // A temporary one has no page, and makes room.
  if (running !== undefined && !running.isTemporary && args.open === true) {
    effects.print(`Lossline is at ${running.url} already (data in ${dataDirectory}, process ${running.pid}).`)
    effects.openUrl(running.url)
    return exitCodes.success
  }

  const webRoot = findWebRoot()
  // Not an option: other users of this machine can read those.
  const adminToken = process.env.LOSSLINE_ADMIN_TOKEN
  const log = createJsonLog({
    level: args.verbose === true ? 'info' : 'warn',
    write: (line) => effects.note(line.trimEnd()),
  })
  const server = await startServer({
    dataDirectory,
    log,
    onAlert: ({ run, level, title, text }) =>
      effects.note(
        `lossline: ${level} from run ${run.runId} of ${run.project}: ${text === '' ? title : `${title} (${text})`}`,
      ),
    ...(webRoot !== undefined && { webRoot }),
    ...(args.host !== undefined && { host: args.host }),
    ...(args.port !== undefined && { port: args.port }),
    ...(args.allowOpen !== undefined && { allowOpen: args.allowOpen }),
    ...(args.auth !== undefined && { auth: args.auth }),
    ...(args.publicUrl !== undefined && { publicUrl: args.publicUrl }),
    ...(args.rateLimit !== undefined && { requestsPerSecond: args.rateLimit }),
    ...(adminToken ? { adminToken } : {}),
  })
  const { url, port } = server
  if (args.json === true) effects.print(JSON.stringify({ url, port, dataDirectory, pid: process.pid }))
  else effects.print(`Lossline is at ${url} (data in ${dataDirectory}). Ctrl-C stops it.`)
  if (server.isOtherPort) effects.note(`lossline: the port asked for is taken; using ${port}.`)
  if (webRoot === undefined)
    effects.note(
      'lossline: the page is not built, so only clients and the API are served. Build it with: npm run build',
    )
  if (args.open === true) effects.openUrl(url)

  await stopped(effects.stop)
  await server.close()
  return exitCodes.success
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
