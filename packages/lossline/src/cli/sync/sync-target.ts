import { homedir } from 'node:os'
import { join } from 'node:path'
import { findStoredApiKey, readSettings } from '@lossline/core'
import { CliError } from '../errors.ts'

/** A server that runs are sent to. */
export interface SyncTarget {
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly apiKey: string | undefined
  /** Names the server and the place on it in `sync.json`. */
  readonly stateKey: string
  /** The user's folder for what programs keep: there it is said how far runs of other clients were sent. */
  readonly stateHome: string
  /** Where runs go, instead of where their journals say. */
  readonly overrides: RunOverrides
  /** Patterns of run files that are not uploaded. */
  readonly ignoreGlobs: readonly string[]
}

/** What replaces the words of a journal. */
export interface RunOverrides {
  readonly entity?: string
  readonly project?: string
  readonly runId?: string
}

/** What is said on the command line. */
export interface GivenTarget {
  readonly baseUrl?: string
  readonly apiKey?: string
  readonly entity?: string
  readonly project?: string
  readonly id?: string
}

const wandbBaseUrl = 'https://api.wandb.ai'

/** The server that is given or set; W&B's own if only a key for it is known; `undefined` if nothing is. */
export function maybeSyncTarget({
  baseUrl: givenUrl,
  apiKey: givenKey,
  ...given
}: GivenTarget): SyncTarget | undefined {
  const settings = readSettings({
    ...(givenUrl === undefined ? {} : { baseUrl: givenUrl }),
    ...(givenKey === undefined ? {} : { apiKey: givenKey }),
  })
  const baseUrl = (settings.baseUrl ?? wandbBaseUrl).replace(/\/+$/, '')
  const apiKey = settings.apiKey ?? findStoredApiKey(new URL(baseUrl).host)
  if (settings.baseUrl === undefined && apiKey === undefined) return undefined
  const overrides = {
    ...(given.entity === undefined ? {} : { entity: given.entity }),
    ...(given.project === undefined ? {} : { project: given.project }),
    ...(given.id === undefined ? {} : { runId: given.id }),
  }
  const place = new URLSearchParams(overrides).toString()
  const stateKey = place === '' ? baseUrl : `${baseUrl}#${place}`
  const stateHome = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state')
  return { baseUrl, apiKey, stateKey, stateHome, overrides, ignoreGlobs: settings.ignoreGlobs ?? [] }
}

/** @throws {@link CliError} `sync-target-missing` when neither an address nor a key is known. */
export function syncTargetOrThrow(given: GivenTarget): SyncTarget {
  const target = maybeSyncTarget(given)
  if (target !== undefined) return target
  throw new CliError({
    code: 'sync-target-missing',
    message: 'No server is known that the runs could be sent to.',
    hint: 'Pass --base-url (and --api-key), set LOSSLINE_BASE_URL and LOSSLINE_API_KEY, or run lossline login.',
  })
}

/** The headers that show the key, if there is one. */
export function authorizationOf({ apiKey }: SyncTarget): Record<string, string> {
  return apiKey === undefined ? {} : { Authorization: `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}` }
}
