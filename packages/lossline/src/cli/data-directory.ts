import { resolve } from 'node:path'
import { findDataDirectory, readSettings } from '@lossline/core'

/**
 * The data folder that a command works on: the one given, else the one that `init` would write to from here.
 *
 * @throws InvalidSettingError when a setting has a value that it cannot have.
 */
export function chooseDataDirectory(given: string | undefined): string {
  return given === undefined ? findDataDirectory(readSettings()) : resolve(given)
}
