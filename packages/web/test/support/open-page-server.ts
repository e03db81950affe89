import { type StartedServer, startServer } from '@lossline/server'
import { launchChromium, openTemporaryDirectory } from '@lossline/testing'
import type { Browser } from './open-page.ts'

/** A browser, and a server of its own with an empty data folder. */
export interface PageServer extends AsyncDisposable {
  readonly browser: Browser
  readonly server: StartedServer
  /** Where the server looks for run folders: `init({ ...logTo, project })` fills it. */
  readonly logTo: {
    readonly dir: string
    readonly baseUrl: string
    readonly console: 'off'
    readonly silent: true
  }
}

/** Starts both. @param webRoot - The built page. */
export async function openPageServer(webRoot: string): Promise<PageServer> {
  // Files that open a page are skipped where there is no browser.
  const browser = (await launchChromium()) as Browser
  const directory = await openTemporaryDirectory('lossline-page-')
  const { path: dir } = directory
  const server = await startServer({ dataDirectory: dir, port: 0, watch: [], webRoot, log: () => {} })
  return {
    browser,
    server,
    logTo: { dir, baseUrl: server.url, console: 'off', silent: true },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}
