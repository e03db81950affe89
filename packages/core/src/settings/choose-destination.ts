import { ApiKeyMissingError } from '../errors.ts'
import type { Mode, Settings } from './settings.ts'

/** Mode of a run, and the server it talks to in online mode. */
export type Destination =
  | { readonly mode: Exclude<Mode, 'online'> }
  | { readonly mode: 'online'; readonly baseUrl: string; readonly apiKey: string | undefined }

/** Server that is meant when only a key is known. */
export const wandbBaseUrl: string = 'https://api.wandb.ai'

/**
 * Decides where the records go. A base URL or an API key means online, unless a mode is set.
 *
 * @param findApiKey - Looks up a host's key where `login` stores it.
 * @throws {@link ApiKeyMissingError} when the mode is online, and neither URL nor key is known.
 */
export function chooseDestination(settings: Settings, findApiKey: (host: string) => string | undefined): Destination {
  // Several writers or one: where the records go is the same question.
  const mode = settings.mode === 'shared' ? undefined : settings.mode
  if (mode !== undefined && mode !== 'online') return { mode }
  const baseUrl = settings.baseUrl ?? wandbBaseUrl
  const apiKey = settings.apiKey ?? findApiKey(new URL(baseUrl).host)
  if (settings.baseUrl !== undefined || apiKey !== undefined) return { mode: 'online', baseUrl, apiKey }
  if (mode === 'online') throw new ApiKeyMissingError(baseUrl)
  return { mode: 'local' }
}
