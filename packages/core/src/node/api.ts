import { ApiClient, type ApiOptions } from '../api/api.ts'
import type { ApiPlatform } from '../api/api-context.ts'
import { findDataDirectory } from './data-directory.ts'
import { localFiles } from './local-files.ts'
import { nodePlatform } from './node-platform.ts'

const apiPlatform: ApiPlatform = {
  readSettingsLayers: nodePlatform.readSettingsLayers,
  findStoredApiKey: nodePlatform.findStoredApiKey,
  defaultProjectName: nodePlatform.defaultProjectName,
  connect: nodePlatform.connect,
  artifactFiles: nodePlatform.artifactFiles,
  print: nodePlatform.print,
  findDataDirectory,
  localFiles,
}

/**
 * Reads and edits what is on a server: runs, their rows and files, projects, artifacts, sweeps. It asks whom `init` would
 * log to: the server that a base URL or an API key names, else the data folder of this project, whose own server answers
 * (`lossline serve` if it is up, a temporary one if not).
 *
 * Nothing is asked before the first call. Calls reject with {@link ServerRequestError} when the server does not answer.
 *
 * @throws {@link InvalidSettingError} when a setting has a value that it cannot have.
 * @example
 * const api = new Api()
 * const run = await api.run('digits/k3v9xq2a')
 * for await (const row of run.scanHistory({ keys: ['loss'] })) console.log(row.loss)
 */
export class Api extends ApiClient {
  constructor(options: ApiOptions = {}) {
    super(apiPlatform, options)
  }
}
