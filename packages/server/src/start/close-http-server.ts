import type { Server } from 'node:http'

/** Requests in flight get this long to end. */
const patienceMs = 10_000

/**
 * Takes no new connections, ends streams with `endStreams`, lets requests in flight finish.
 */
export async function closeHttpServer(server: Server, endStreams: () => Promise<void>): Promise<void> {
  if (!server.listening) return
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  await endStreams()
  server.closeIdleConnections()
  // A kept-alive connection becomes idle, and can be closed, only after its last answer.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const deadline = setTimeout(() => server.closeAllConnections(), patienceMs)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}
