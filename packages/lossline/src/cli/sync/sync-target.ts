import { findStoredApiKey, readSettings } from '@lossline/core'
import { CliError } from '../errors.ts'

/** A server that runs are sent to. */
export interface SyncTarget {
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly apiKey: string | undefined
}

const wandbBaseUrl = 'https://api.wandb.ai'

/** The server that is given or set; W&B's own if only a key for it is known; `undefined` if nothing is. */
export function maybeSyncTarget(given: {
  readonly baseUrl?: string
  readonly apiKey?: string
}): SyncTarget | undefined {
  const settings = readSettings(given)
  const baseUrl = (settings.baseUrl ?? wandbBaseUrl).replace(/\/+$/, '')
  const apiKey = settings.apiKey ?? findStoredApiKey(new URL(baseUrl).host)
  return settings.baseUrl === undefined && apiKey === undefined ? undefined : { baseUrl, apiKey }
}

/** @throws {@link CliError} `sync-target-missing` when neither an address nor a key is known. */
export function syncTargetOrThrow(given: { readonly baseUrl?: string; readonly apiKey?: string }): SyncTarget {
  const target = maybeSyncTarget(given)
  if (target !== undefined) return target
  throw new CliError({
    code: 'sync-target-missing',
    message: 'No server is known that the runs could be sent to.',
    hint: 'Pass --base-url (and --api-key), or set LOSSLINE_BASE_URL and LOSSLINE_API_KEY.',
  })
}
