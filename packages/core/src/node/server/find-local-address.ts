import { readServerFile } from '../local-server.ts'
import { startTemporaryServer } from './start-temporary-server.ts'

/** How long a server that does not answer may still be about to begin or to end, before its place is fought for. */
const patienceMs = 1_000

/** Finds the server of a data folder, again whenever the last one has gone. */
export interface LocalAddress {
  /**
   * @param failedUrl - A server that was found before and did not answer.
   * @returns URL of a server; `undefined` when it has to be asked for again in a moment.
   * @throws {@link LocalServerMissingError}, {@link ServerRequestError}.
   */
  find(failedUrl?: string): Promise<string | undefined>
}

export function createLocalAddress(dataDirectory: string): LocalAddress {
  let failingSinceMs: number | undefined
  return {
    async find(failedUrl) {
      const known = readServerFile(dataDirectory)
      if (known !== undefined && known.url !== failedUrl) {
        failingSinceMs = undefined
        return known.url
      }
      if (known !== undefined) {
        const nowMs = performance.now()
        failingSinceMs ??= nowMs
        // Its process lives, so it may only be starting. A process that has its number by chance is no reason to wait long.
        if (nowMs - failingSinceMs < patienceMs) return known.url
      }
      const url = await startTemporaryServer(dataDirectory)
      if (url !== undefined && url !== failedUrl) failingSinceMs = undefined
      return url
    },
  }
}
