import { CredentialsFileError } from '../credentials/credential-errors.ts'
import {
  type CredentialsPlatform,
  type LoginOptions,
  type LoginStatus,
  logInOn,
  logOutOn,
  readLoginStatusOn,
} from '../credentials/login.ts'
import { removeNetrcEntry, setNetrcPassword } from '../credentials/netrc.ts'
import { setSettingsValue } from '../settings/settings-text.ts'
import { nodePlatform } from './node-platform.ts'
import { promptSecret } from './prompt-secret.ts'
import { replacePrivateFile } from './replace-file.ts'
import { netrcPath, readUserSettings, userSettingsPath } from './settings-layers.ts'

const platform: CredentialsPlatform = {
  readSettingsLayers: nodePlatform.readSettingsLayers,
  findStoredApiKey: nodePlatform.findStoredApiKey,
  connect: nodePlatform.connect,
  print: nodePlatform.print,
  storeApiKey: (host, key) => changeFile(netrcPath(), (netrc) => setNetrcPassword(netrc, host, key)),
  removeApiKey: (host) => changeFile(netrcPath(), (netrc) => removeNetrcEntry(netrc, host)),
  readDefaultServer: () => readUserSettings().baseUrl,
  setDefaultServer: (baseUrl) =>
    changeFile(userSettingsPath(), (content) => setSettingsValue(content, 'base_url', baseUrl)),
  promptSecret,
}

/**
 * Stores the API key of a server for the programs of this user, after the server has said that it knows it. From then on
 * runs go to that server unless they are told otherwise.
 *
 * The key is written to `~/.netrc` (or the file that the variable `NETRC` names), readable by this user alone, where W&B's
 * client looks too. It is never printed, logged or written to a run.
 *
 * @throws {@link ApiKeyMissingError} when none is known and there is no terminal to ask at; {@link InvalidApiKeyError};
 *   {@link ApiKeyRefusedError}; {@link ServerRequestError} when the server does not answer; {@link CredentialsFileError};
 *   {@link InvalidSettingError} for a URL that is none. Nothing is stored then.
 * @example await login({ key: await readKeyFromVault(), baseUrl: 'https://tracker.example' })
 */
export function login(options: LoginOptions = {}): Promise<LoginStatus> {
  return logInOn(platform, options)
}

/**
 * Forgets the stored API key of a server, and that it is the one that runs go to.
 *
 * @returns whether a key was stored.
 * @throws {@link CredentialsFileError}
 */
export function logout(
  options: Pick<LoginOptions, 'baseUrl' | 'host'> = {},
): Promise<{ readonly baseUrl: string; readonly wasStored: boolean }> {
  return logOutOn(platform, options)
}

/**
 * Says whether a key is known for a server, where it comes from, and who the server says it is.
 *
 * @throws {@link ApiKeyRefusedError}, or {@link ServerRequestError} when the server does not answer.
 */
export function readLoginStatus(options: Omit<LoginOptions, 'key' | 'relogin'> = {}): Promise<LoginStatus> {
  return readLoginStatusOn(platform, options)
}

async function changeFile(path: string, change: (content: string) => string): Promise<void> {
  try {
    await replacePrivateFile(path, change)
  } catch (cause) {
    throw new CredentialsFileError(path, cause)
  }
}
