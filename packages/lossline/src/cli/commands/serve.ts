import { existsSync } from 'node:fs'
import {
  createJsonLog,
  createTextLog,
  findRunningServer,
  type RunAlert,
  ServerError,
  startServer,
} from '@lossline/server'
import { chooseDataDirectory } from '../data-directory.ts'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'
import { findSamplePack } from '../sample-pack.ts'
import { readServeSettings } from '../serve/read-serve-settings.ts'
import { type ServeSettings, serveSettings } from '../serve/serve-settings.ts'
import { findWebRoot } from '../web-root.ts'

/** Arguments of `lossline serve`. */
export interface ServeArgs extends ServeSettings {
  /** Default: the `.lossline` folder that `init` would write to. */
  readonly dataDir?: string
  /** File of settings. Default: the one in the data folder. */
  readonly config?: string
  /** Opens the page, and does with a server that is up already. */
  readonly open?: boolean
  /** Loads the sample project. Default false. */
  readonly sample?: boolean
  /** Folders of W&B's client, shown live and not changed. */
  readonly watch?: readonly string[]
  /** Where their runs go. Default: where they say, else `local`. */
  readonly watchEntity?: string
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
    if (args.sample === true) effects.note('lossline: the sample is loaded on the page of a server that is up.')
    effects.openUrl(running.url)
    return exitCodes.success
  }

  const webRoot = findWebRoot()
  const samplePack = findSamplePack()
  // Not an option: other users of this machine can read those.
  const adminToken = process.env.LOSSLINE_ADMIN_TOKEN
  const settings = readServeSettings({
    flags: pickSettings(args),
    config: args.config,
    dataDirectory,
    environment: process.env,
  })
  const createLog = settings.logFormat === 'text' ? createTextLog : createJsonLog
  const log = createLog({
    level: settings.logLevel ?? (args.verbose === true ? 'info' : 'warn'),
    write: (line) => effects.note(line.trimEnd()),
  })
  const server = await startServer({
    dataDirectory,
    log,
    onAlert(alert) {
      // Whoever asked for JSON reads lines by a program.
      if (settings.logFormat === 'json') log(alert.level, 'alert of a run', toAlertFields(alert))
      else effects.note(`lossline: ${toAlertText(alert)}`)
    },
    ...(webRoot !== undefined && { webRoot }),
    ...(samplePack !== undefined && { samplePack }),
    ...(settings.host !== undefined && { host: settings.host }),
    ...(settings.port !== undefined && { port: settings.port }),
    ...(settings.allowOpen !== undefined && { allowOpen: settings.allowOpen }),
    ...(settings.auth !== undefined && { auth: settings.auth }),
    ...(settings.publicUrl !== undefined && { publicUrl: settings.publicUrl }),
    ...(settings.notebooks !== undefined && { notebookOrigins: settings.notebooks.split(',') }),
    ...(settings.rateLimit !== undefined && { requestsPerSecond: settings.rateLimit }),
    ...(adminToken ? { adminToken } : {}),
    ...(args.watch !== undefined && { watchWandb: args.watch }),
    ...(args.watchEntity !== undefined && { watchEntity: args.watchEntity }),
  })
  const { url, port } = server
  const { publicUrl } = settings
  if (args.json === true) effects.print(JSON.stringify({ url, publicUrl, port, dataDirectory, pid: process.pid }))
  else
    effects.print(
      `Lossline is at ${url}${publicUrl === undefined ? '' : ` and ${publicUrl}`} (data in ${dataDirectory}). Ctrl-C stops it.`,
    )
  if (server.isOtherPort) effects.note(`lossline: the port asked for is taken; using ${port}.`)
  if (webRoot === undefined)
    effects.note(
      'lossline: the page is not built, so only clients and the API are served. Build it with: npm run build',
    )
  for (const folder of args.watch ?? []) {
    if (!existsSync(folder)) effects.note(`lossline: ${folder} is not there yet: its runs are shown when it is.`)
  }
  if (args.sample === true) {
    try {
      await server.loadSample()
    } catch (error) {
      // The runs of the folder are worth serving without it.
      if (!(error instanceof ServerError)) throw error
      effects.note(`lossline: ${error.message} ${error.hint ?? ''}`.trimEnd())
    }
  }
  if (args.open === true) effects.openUrl(url)

  await stopped(effects.stop)
  await server.close()
  return exitCodes.success
}

function toAlertText({ run, level, title, text }: RunAlert): string {
  return `${level} from run ${run.runId} of ${run.project}: ${text === '' ? title : `${title} (${text})`}`
}

function toAlertFields({ run, title, text }: RunAlert): Readonly<Record<string, unknown>> {
  return { entity: run.entity, project: run.project, runId: run.runId, title, text }
}

function pickSettings(args: ServeArgs): ServeSettings {
  return Object.fromEntries(serveSettings.map(({ key }) => [key, args[key]]))
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
