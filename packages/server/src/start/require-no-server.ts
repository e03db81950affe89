import { ServerError } from '../errors.ts'
import { silentLog } from '../log.ts'
import { startServer } from '../start-server.ts'
import { findRunningServer } from './server-file.ts'

/**
 * Makes sure that no server has a data folder. One that a program started for its questions makes room.
 *
 * @throws {@link ServerError} `server-already-running`.
 */
export async function requireNoServer(dataDirectory: string): Promise<void> {
  const running = findRunningServer(dataDirectory)
  if (running === undefined) return
  if (!running.isTemporary) {
    throw new ServerError({
      code: 'server-already-running',
      message: `The server of ${dataDirectory} is up: ${running.url} (process ${running.pid}).`,
      hint: 'Stop it first.',
    })
  }
  const successor = await startServer({ dataDirectory, port: 0, watch: [], log: silentLog })
  await successor.close()
}
