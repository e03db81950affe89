import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Requests in flight get this long to end. */
const patienceMs = 10_000

/** Closes a server; see {@link prepareClose}. */
export type CloseHttpServer = (endStreams: () => Promise<void>) => Promise<void>

/**
 * Call this before the server listens. The result then takes no new connections, ends streams with `endStreams`, lets
 * requests in flight finish and closes every connection as soon as it has none. Node's own `closeIdleConnections` leaves
 * those open that never had a request, and browsers keep such ones in reserve.
 */
export function prepareClose(server: Server): CloseHttpServer {
  const requestCounts = new Map<Socket, number>()
  let isClosing = false

  const closeIfIdle = (socket: Socket): void => {
    if (isClosing && (requestCounts.get(socket) ?? 0) === 0) socket.destroySoon()
  }
  server.on('connection', (socket: Socket) => {
    requestCounts.set(socket, 0)
    socket.once('close', () => requestCounts.delete(socket))
  })
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    requestCounts.set(socket, (requestCounts.get(socket) ?? 0) + 1)
    response.once('close', () => {
      const count = requestCounts.get(socket)
      if (count === undefined) return
      requestCounts.set(socket, count - 1)
      closeIfIdle(socket)
    })
  })

  return async (endStreams) => {
    if (!server.listening) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    isClosing = true
    await endStreams()
    for (const socket of requestCounts.keys()) closeIfIdle(socket)
    const deadline = setTimeout(() => server.closeAllConnections(), patienceMs)
    await closed
    clearTimeout(deadline)
  }
}
