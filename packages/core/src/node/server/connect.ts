import type { ServerConnection, ServerPlace } from '../../server/server-connection.ts'
import { openLocalConnection } from './local-connection.ts'
import { createRemoteConnection } from './remote-connection.ts'

/**
 * Opens a way to ask a server. A local one is started if none is up.
 *
 * @throws {@link LocalServerMissingError}, or {@link ServerRequestError} when a local one cannot be started.
 */
export async function connect(place: ServerPlace): Promise<ServerConnection> {
  return place.kind === 'remote' ? createRemoteConnection(place) : await openLocalConnection(place)
}
