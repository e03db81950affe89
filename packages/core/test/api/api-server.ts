import { type StartedServer, startServer } from '@lossline/server'
import { openTemporaryDirectory, type TemporaryDirectory } from '@lossline/testing'
import { Api, type ApiOptions, type InitOptions, init, type Run } from '../../src/index.ts'

/** A server with its data folder, and an Api that asks it over HTTP. */
export interface ApiServer extends AsyncDisposable {
  readonly directory: TemporaryDirectory
  readonly server: StartedServer
  readonly api: Api
  openApi(options?: ApiOptions): Api
  /** Logs a run into the project `demo`, and finishes it when all of it is on the server. */
  logRun(options: InitOptions, write?: (run: Run) => void | Promise<void>): Promise<void>
}

export async function openApiServer(): Promise<ApiServer> {
  const directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('server'), port: 0, log: () => {} })
  const openApi = (options: ApiOptions = {}): Api =>
    new Api({ baseUrl: server.url, apiKey: 'k'.repeat(40), project: 'demo', ...options })
  const api = openApi()
  return {
    directory,
    server,
    api,
    openApi,
    async logRun(options, write) {
      const run = await init({
        project: 'demo',
        baseUrl: server.url,
        apiKey: 'k'.repeat(40),
        dir: directory.path,
        reinit: 'createNew',
        console: 'off',
        saveRequirements: false,
        disableGit: true,
        ...options,
      })
      await write?.(run)
      await run.finish()
    },
    async [Symbol.asyncDispose]() {
      await api.close()
      await server.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}
