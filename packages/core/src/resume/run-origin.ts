import { LocalServerMissingError, ResumeError } from '../errors.ts'
import type { Platform } from '../platform.ts'
import type { ServerConnection } from '../server/server-connection.ts'
import type { Destination } from '../settings/choose-destination.ts'
import type { Settings } from '../settings/settings.ts'
import { toSenderTarget } from '../settings/to-sender-target.ts'
import { askEarlierRun, askRewind, type RunInProject } from './ask-earlier-run.ts'
import { parseRunStep, type RunStep } from './branch.ts'
import type { EarlierRun } from './earlier-run.ts'

// As long as a run waits for its server at the end.
const sendTimeoutMs = 60_000

/** Where a run comes from. */
export type RunOrigin =
  | { readonly kind: 'new' }
  | { readonly kind: 'resumed'; readonly earlier: EarlierRun }
  | { readonly kind: 'rewound'; readonly earlier: EarlierRun; readonly branch: RunStep }
  | { readonly kind: 'forked'; readonly branch: RunStep }

/** What a run that goes on is found with. */
export interface FindOriginOptions {
  readonly platform: Pick<Platform, 'connect' | 'sendEarlierParts'>
  readonly settings: Settings
  readonly destination: Destination
  readonly dataDirectory: string
  readonly run: RunInProject
  /** Called before the server changes anything: what can fail on this machine is to fail before. */
  beforeChange(): void
  warn(line: string): void
  info(line: string): void
}

/**
 * Finds out what a run goes on from, if the settings ask for that.
 *
 * @throws {@link ResumeError} when there is nothing to go on from, or when there is something that must not be;
 *   {@link ServerRequestError}, {@link LocalServerMissingError} when nobody can be asked.
 */
export async function findOrigin(options: FindOriginOptions): Promise<RunOrigin> {
  const { settings, destination } = options
  const { resume = false, forkFrom, resumeFrom } = settings
  if (destination.mode === 'disabled') return { kind: 'new' }
  if (resume === false && forkFrom === undefined && resumeFrom === undefined) return { kind: 'new' }
  const connection = await openConnection(options)
  if (connection === undefined) return { kind: 'new' }
  try {
    if (forkFrom !== undefined) return await fork(connection, options, parseRunStep(forkFrom))
    if (resumeFrom !== undefined) return await rewind(connection, options, parseRunStep(resumeFrom))
    return await resumeRun(connection, options)
  } finally {
    await connection.close()
  }
}

/** Offline, what the data folder holds is all that can be known. */
async function openConnection(options: FindOriginOptions): Promise<ServerConnection | undefined> {
  const { platform, destination, dataDirectory, warn } = options
  if (destination.mode === 'online') {
    const { baseUrl, apiKey } = destination
    return platform.connect({ kind: 'remote', baseUrl, apiKey })
  }
  try {
    return await platform.connect({ kind: 'local', dataDirectory })
  } catch (error) {
    if (destination.mode !== 'offline' || !(error instanceof LocalServerMissingError)) throw error
    warn(`The run is offline, and resuming is ignored: ${error.message}`)
    return undefined
  }
}

async function resumeRun(connection: ServerConnection, options: FindOriginOptions): Promise<RunOrigin> {
  const { settings, destination, run, warn } = options
  // What must not be there is not made to be there.
  if (settings.resume !== 'never') await sendEarlierParts(options)
  const earlier = await askEarlierRun(connection, run)
  switch (settings.resume) {
    case 'never':
      if (earlier !== undefined) throw ResumeError.exists(run)
      return { kind: 'new' }
    case 'must':
      if (earlier !== undefined) return { kind: 'resumed', earlier }
      if (destination.mode !== 'offline') throw ResumeError.missing(run)
      warn(
        `The data folder holds nothing of run "${run.runId}", and offline no server can be asked: it starts at step 0.`,
      )
      return { kind: 'new' }
    default:
      return earlier === undefined ? { kind: 'new' } : { kind: 'resumed', earlier }
  }
}

/** A process that was killed may have left rows that its server has not seen. */
async function sendEarlierParts({
  platform,
  destination,
  settings,
  dataDirectory,
  run,
  info,
}: FindOriginOptions): Promise<void> {
  if (destination.mode !== 'online') return
  await platform.sendEarlierParts({
    dataDirectory,
    runId: run.runId,
    target: toSenderTarget(destination, run, settings.ignoreGlobs),
    timeoutMs: sendTimeoutMs,
    onSending: () =>
      info(
        `what an earlier process of run ${run.runId} has left unsent is sent first, for ${sendTimeoutMs / 1000} s at most`,
      ),
  })
}

async function fork(connection: ServerConnection, options: FindOriginOptions, branch: RunStep): Promise<RunOrigin> {
  const parent = { ...options.run, runId: branch.runId }
  await sendEarlierParts({ ...options, run: parent })
  const earlier = await askEarlierRun(connection, parent)
  if (earlier === undefined) throw ResumeError.missing(parent)
  if ((earlier.lastStep ?? -1) < branch.step) throw ResumeError.stepMissing(parent, branch.step, earlier.lastStep)
  return { kind: 'forked', branch }
}

/** The server goes back at once, so that what it says of the run is what the run goes on from. */
async function rewind(connection: ServerConnection, options: FindOriginOptions, branch: RunStep): Promise<RunOrigin> {
  const { run } = options
  await sendEarlierParts(options)
  const before = await askEarlierRun(connection, run)
  if (before === undefined) throw ResumeError.missing(run)
  if ((before.lastStep ?? -1) < branch.step) throw ResumeError.stepMissing(run, branch.step, before.lastStep)
  options.beforeChange()
  if (!(await askRewind(connection, run, branch.step))) throw ResumeError.missing(run)
  const earlier = await askEarlierRun(connection, run)
  return { kind: 'rewound', earlier: earlier ?? before, branch }
}
