import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { findDataDirectory, readSettings } from '@lossline/core'
import { CliError } from './errors.ts'

/**
 * The data folder that a command works on: the one given, else the one that `init` would write to from here.
 *
 * @throws InvalidSettingError when a setting has a value that it cannot have.
 */
export function chooseDataDirectory(given: string | undefined): string {
  return given === undefined ? findDataDirectory(readSettings()) : resolve(given)
}

/**
 * The same for a command that looks after data, and makes no folder for it.
 *
 * @throws CliError `data-folder-missing`; InvalidSettingError.
 */
export function existingDataDirectory(given: string | undefined): string {
  const dataDirectory = chooseDataDirectory(given)
  if (existsSync(dataDirectory)) return dataDirectory
  throw new CliError({
    code: 'data-folder-missing',
    message: `There is no data folder ${dataDirectory}.`,
    hint: 'Name it with --data-dir, or run the command where .lossline is.',
  })
}
