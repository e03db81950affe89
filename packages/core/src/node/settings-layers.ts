import { homedir } from 'node:os'
import { join } from 'node:path'
import { findNetrcPassword } from '../settings/netrc.ts'
import { environmentLayer, type SettingsLayer, settingsFileLayer } from '../settings/resolve-settings.ts'
import { findDataDirectory, maybeReadText } from './data-directory.ts'
import { readEnvironment } from './environment.ts'

/** What is set outside the program, from low to high: the user's file, the data folder's file, the environment. */
export function readSettingsLayers(dir: string | undefined): SettingsLayer[] {
  const environment = readEnvironment()
  const configDirectory =
    environment.LOSSLINE_CONFIG_DIR || join(environment.XDG_CONFIG_HOME || join(homedir(), '.config'), 'lossline')
  const user = readSettingsFile(join(configDirectory, 'settings'))
  const outer = environmentLayer(environment)
  const chosenDir = [dir, outer.values.dir, user.values.dir].find((value) => typeof value === 'string')
  const folder = readSettingsFile(join(findDataDirectory(chosenDir), 'settings'))
  return [user, folder, outer]
}

/** Looks up the key of a host in `~/.netrc`, or in the file that `NETRC` names. */
export function findStoredApiKey(host: string): string | undefined {
  const path = readEnvironment().NETRC || join(homedir(), '.netrc')
  const netrc = maybeReadText(path)
  return netrc === undefined ? undefined : findNetrcPassword(netrc, host)
}

function readSettingsFile(path: string): SettingsLayer {
  return settingsFileLayer(path, maybeReadText(path) ?? '')
}
