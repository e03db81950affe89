import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { loaderArguments } from '@lossline/journal'
import { LocalServerMissingError, ServerRequestError } from '../../errors.ts'
import { readServerFile, serverFileName } from '../local-server.ts'
import type { TemporaryServerMessage, TemporaryServerStart } from './temporary-server-messages.ts'

/** Servers of this process that are being started, or that are up, by data folder. */
const starts = new Map<string, Promise<string | undefined>>()

/**
 * Starts a server of a data folder in a worker of this process, unless one is up. It ends by itself when nobody asks it
 * any more, makes room for `lossline serve`, and does not keep the process alive.
 *
 * @returns Its URL; `undefined` when another server has the folder.
 * @throws {@link LocalServerMissingError}, or {@link ServerRequestError} when it cannot be started.
 */
export function startTemporaryServer(dataDirectory: string): Promise<string | undefined> {
  let start = starts.get(dataDirectory)
  if (start === undefined) {
    start = openServer(dataDirectory, () => starts.delete(dataDirectory))
    starts.set(dataDirectory, start)
  }
  return start
}

function openServer(dataDirectory: string, onEnd: () => void): Promise<string | undefined> {
  const workerData: TemporaryServerStart = { dataDirectory }
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./temporary-server-worker.${extension}`, import.meta.url), {
    name: 'lossline-server',
    workerData,
    execArgv: [...loaderArguments(), '--disable-warning=ExperimentalWarning'],
  })
  let url: string | undefined
  const removeFile = (): void => removeServerFile(dataDirectory, url)
  return new Promise((resolve, reject) => {
    worker.once('message', (message: TemporaryServerMessage) => {
      switch (message.kind) {
        case 'listening':
          url = message.url
          process.once('exit', removeFile)
          // Up to here somebody waits for it.
          worker.unref()
          return resolve(url)
        case 'taken':
          return resolve(undefined)
        case 'missing':
          return reject(new LocalServerMissingError(message.message))
        case 'failed':
          return reject(cannotStart(message.message, message.hint))
        default:
          return reject(cannotStart(`unexpected message ${JSON.stringify(message satisfies never)}`))
      }
    })
    worker.once('error', (error) => reject(cannotStart(error instanceof Error ? error.message : String(error))))
    worker.once('exit', () => {
      onEnd()
      process.off('exit', removeFile)
      // After an end out of turn the file still names it.
      removeFile()
      reject(cannotStart('its thread has ended'))
    })
  })
}

/** Removes `server.json` if it names that server of this process. */
function removeServerFile(dataDirectory: string, url: string | undefined): void {
  const file = readServerFile(dataDirectory)
  if (file?.pid === process.pid && file.url === url) rmSync(join(dataDirectory, serverFileName), { force: true })
}

function cannotStart(reason: string, hint?: string): ServerRequestError {
  return new ServerRequestError({
    message: `The local server that is to answer cannot be started: ${reason}`,
    ...(hint === undefined ? {} : { hint }),
  })
}
