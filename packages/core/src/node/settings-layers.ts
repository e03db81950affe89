import { homedir } from 'node:os'
import { join } from 'node:path'
import { findNetrcPassword } from '../credentials/netrc.ts'
import {
  environmentLayer,
  resolveSettings,
  type SettingsLayer,
  settingsFileLayer,
} from '../settings/resolve-settings.ts'
import type { Settings } from '../settings/settings.ts'
import { findDataDirectory, maybeReadText } from './data-directory.ts'
import { readEnvironment } from './environment.ts'

/**
 * All settings, lowest first: the user's file, the data folder's file, the environment, and what the program gives.
 *
 * @param given - Layers of the program, lowest first.
 */
export function readSettingsLayers(given: readonly SettingsLayer[]): SettingsLayer[] {
  const user = readSettingsFile(userSettingsPath())
  const outer = environmentLayer(readEnvironment())
  // The folder has to be known before the settings in it.
  const { dir, dataDir } = resolveSettings([user, outer, ...given], ['dir', 'dataDir'])
  const folder = readSettingsFile(join(findDataDirectory({ dir, dataDir }), 'settings'))
  return [user, folder, outer, ...given]
}

/**
 * The settings that `init` would use: defaults left out, files and environment read, and what is given on top.
 *
 * @throws {@link InvalidSettingError} when a setting has a value that it cannot have.
 * @example
 * const { baseUrl = 'https://api.wandb.ai' } = readSettings()
 */
export function readSettings(given: Settings = {}): Settings {
  return resolveSettings(readSettingsLayers([{ source: 'an argument', values: given }]))
}

/** The data folder that `init` would use if it were given no options. */
export function findUsualDataDirectory(): string {
  return findDataDirectory(resolveSettings(readSettingsLayers([]), ['dir', 'dataDir']))
}

/**
 * Looks up the API key of a host in `~/.netrc`, or in the file that the variable `NETRC` names.
 *
 * @param host - Host with its port, if it has one, as in a URL.
 */
export function findStoredApiKey(host: string): string | undefined {
  const netrc = maybeReadText(netrcPath())
  return netrc === undefined ? undefined : findNetrcPassword(netrc, host)
}

/** The file with the keys. */
export function netrcPath(): string {
  return readEnvironment().NETRC || join(homedir(), '.netrc')
}

/** The user's own settings file, which need not exist. */
export function userSettingsPath(): string {
  const { LOSSLINE_CONFIG_DIR, XDG_CONFIG_HOME } = readEnvironment()
  return join(LOSSLINE_CONFIG_DIR || join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'lossline'), 'settings')
}

/** What that file says of the server. */
export function readUserSettings(): Pick<Settings, 'baseUrl'> {
  return resolveSettings([readSettingsFile(userSettingsPath())], ['baseUrl'])
}

function readSettingsFile(path: string): SettingsLayer {
  return settingsFileLayer(path, maybeReadText(path) ?? '')
}
