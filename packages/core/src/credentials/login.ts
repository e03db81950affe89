import { readViewer, type Viewer } from '../api/viewer.ts'
import { ApiKeyMissingError, ServerRequestError } from '../errors.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import type { Platform } from '../platform.ts'
import { toPageUrl } from '../run/run-url.ts'
import { wandbBaseUrl } from '../settings/choose-destination.ts'
import { resolveSettings } from '../settings/resolve-settings.ts'
import { checkApiKey } from './check-api-key.ts'
import { ApiKeyRefusedError } from './credential-errors.ts'

/** Where an API key comes from. */
export type ApiKeySource = 'argument' | 'settings' | 'stored' | 'prompt'

/** Options of {@link login}. */
export interface LoginOptions {
  /** Default: the setting `apiKey` (`LOSSLINE_API_KEY`), else the one that is stored; on a terminal it is asked for. */
  readonly key?: string | undefined
  /** The server. Default: the setting `baseUrl`, else `https://api.wandb.ai`. */
  readonly baseUrl?: string | undefined
  /** The same as `baseUrl`, as W&B's client calls it. */
  readonly host?: string | undefined
  /** Asks for a key although one is known. Default: false. */
  readonly relogin?: boolean | undefined
  /** Asks the server whether it knows the key. Default: true. */
  readonly verify?: boolean | undefined
  /** Longest wait for the server. Default: 10,000 ms. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

const loginOptionNames: OptionNames<LoginOptions> = {
  key: true,
  baseUrl: true,
  host: true,
  relogin: true,
  verify: true,
  timeoutMs: true,
  signal: true,
}

/** Who is logged in, and where. */
export interface LoginStatus {
  readonly baseUrl: string
  /** `undefined` when no key is known. */
  readonly keySource: ApiKeySource | undefined
  /** Who the server says it is; `undefined` when it was not asked, or does not know the key. */
  readonly viewer: Viewer | undefined
}

/** What logging in needs from where it runs. */
export interface CredentialsPlatform
  extends Pick<Platform, 'readSettingsLayers' | 'findStoredApiKey' | 'connect' | 'print'> {
  /** Writes a key where {@link Platform.findStoredApiKey} looks. */
  storeApiKey(host: string, key: string): Promise<void>
  removeApiKey(host: string): Promise<void>
  /** The server that is asked when none is named. */
  readDefaultServer(): string | undefined
  /** `undefined`: W&B's own. */
  setDefaultServer(baseUrl: string | undefined): Promise<void>
  /** Asks the person at the terminal, without showing what is typed; `undefined` when there is none. */
  promptSecret(question: string, signal: AbortSignal | undefined): Promise<string | undefined>
}

const loginTimeoutMs = 10_000

/** Logs in on a platform; `login` of the package says how. */
export async function logInOn(platform: CredentialsPlatform, options: LoginOptions): Promise<LoginStatus> {
  checkOptions('login', options, loginOptionNames)
  const { verify = true, timeoutMs = loginTimeoutMs, signal } = options
  const { baseUrl, apiKey, host } = readTarget(platform, options)
  const known: [ApiKeySource, string | undefined][] = [
    ['argument', options.key],
    ...(options.relogin === true
      ? []
      : [
          ['settings', apiKey] as [ApiKeySource, string | undefined],
          ['stored', platform.findStoredApiKey(host)] as [ApiKeySource, string | undefined],
        ]),
  ]
  let [keySource, key] = known.find(([, candidate]) => candidate !== undefined) ?? ['prompt' as const, undefined]
  if (key === undefined) {
    key = (await platform.promptSecret(`API key (${toPageUrl(baseUrl)}/authorize shows it): `, signal))?.trim()
    if (key === undefined) throw new ApiKeyMissingError(baseUrl)
  }
  checkApiKey(key)
  const viewer = verify ? await verifyKey(platform, { baseUrl, key, timeoutMs, signal }) : undefined
  if (keySource !== 'stored') await platform.storeApiKey(host, key)
  await platform.setDefaultServer(baseUrl === wandbBaseUrl ? undefined : baseUrl)
  return { baseUrl, keySource, viewer }
}

/** Forgets the key of a server. @returns whether one was stored. */
export async function logOutOn(
  platform: CredentialsPlatform,
  options: Pick<LoginOptions, 'baseUrl' | 'host'>,
): Promise<{ readonly baseUrl: string; readonly wasStored: boolean }> {
  checkOptions('logout', options, { baseUrl: true, host: true })
  const { baseUrl, host } = readTarget(platform, options)
  const wasStored = platform.findStoredApiKey(host) !== undefined
  if (wasStored) await platform.removeApiKey(host)
  // Without its key the server would be asked in vain by every run.
  if (platform.readDefaultServer() === baseUrl) await platform.setDefaultServer(undefined)
  return { baseUrl, wasStored }
}

/** Says who is logged in. */
export async function readLoginStatusOn(
  platform: CredentialsPlatform,
  options: Omit<LoginOptions, 'key' | 'relogin'>,
): Promise<LoginStatus> {
  checkOptions('readLoginStatus', options, loginOptionNames)
  const { verify = true, timeoutMs = loginTimeoutMs, signal } = options
  const { baseUrl, apiKey, host } = readTarget(platform, options)
  const key = apiKey ?? platform.findStoredApiKey(host)
  if (key === undefined) return { baseUrl, keySource: undefined, viewer: undefined }
  const keySource = apiKey === undefined ? 'stored' : 'settings'
  const viewer = verify ? await verifyKey(platform, { baseUrl, key, timeoutMs, signal }) : undefined
  return { baseUrl, keySource, viewer }
}

function readTarget(
  platform: CredentialsPlatform,
  options: Pick<LoginOptions, 'baseUrl' | 'host'>,
): { readonly baseUrl: string; readonly apiKey: string | undefined; readonly host: string } {
  const given = { baseUrl: options.baseUrl ?? options.host }
  const layers = platform.readSettingsLayers([{ source: 'an option of login', values: given }])
  const { baseUrl = wandbBaseUrl, apiKey } = resolveSettings(layers, ['baseUrl', 'apiKey'])
  return { baseUrl, apiKey, host: new URL(baseUrl).host }
}

/** @throws {@link ApiKeyRefusedError}, or {@link ServerRequestError} when the server does not answer. */
async function verifyKey(
  platform: CredentialsPlatform,
  {
    baseUrl,
    key,
    timeoutMs,
    signal,
  }: {
    readonly baseUrl: string
    readonly key: string
    readonly timeoutMs: number
    readonly signal: AbortSignal | undefined
  },
): Promise<Viewer> {
  const connection = await platform.connect({ kind: 'remote', baseUrl, apiKey: key })
  try {
    const viewer = await readViewer(
      (operationName, query, variables, options = {}) =>
        connection.graphql(operationName, query, variables, {
          timeoutMs,
          ...(options.signal === undefined ? {} : { signal: options.signal }),
        }),
      { signal },
    )
    if (viewer === undefined) throw new ApiKeyRefusedError(baseUrl, undefined)
    return viewer
  } catch (error) {
    if (!(error instanceof ServerRequestError)) throw error
    if (error.status === 401 || error.status === 403) throw new ApiKeyRefusedError(baseUrl, error)
    throw error
  } finally {
    await connection.close()
  }
}
