import { OfflineAskError } from '../errors.ts'
import type { Platform } from '../platform.ts'
import type { ServerConnection } from '../server/server-connection.ts'
import type { Destination } from '../settings/choose-destination.ts'

/** A run's own connection to the server that answers its questions. */
export interface RunConnection {
  /**
   * The connection, opened by the first call. In local mode that finds or starts a server of the data folder.
   *
   * @param call - What needs the answer, for the error.
   * @throws {@link OfflineAskError} in mode `offline` or `disabled`; {@link LocalServerMissingError};
   *   {@link ServerRequestError} when no local server can be started.
   */
  connect(call: string): Promise<ServerConnection>
  /** Lets go of the connection. Questions on their way are still answered, and a later one opens another. */
  close(): void
}

export function createRunConnection(
  platform: Pick<Platform, 'connect'>,
  destination: Destination,
  dataDirectory: string,
): RunConnection {
  let opening: Promise<ServerConnection> | undefined

  function open(call: string): Promise<ServerConnection> {
    switch (destination.mode) {
      case 'local':
        return platform.connect({ kind: 'local', dataDirectory })
      case 'online':
        return platform.connect({ kind: 'remote', baseUrl: destination.baseUrl, apiKey: destination.apiKey })
      default:
        return Promise.reject(new OfflineAskError(call, destination.mode))
    }
  }

  return {
    connect(call) {
      if (opening === undefined) {
        const opened = open(call)
        opening = opened
        // The next question tries again.
        opened.catch(() => {
          if (opening === opened) opening = undefined
        })
      }
      return opening
    },
    close() {
      opening = undefined
    },
  }
}
