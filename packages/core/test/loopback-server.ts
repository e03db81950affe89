import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server at a loopback address. Closing it also ends answers that are still being given. */
export async function openLoopbackServer(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose](): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Takes connections and never answers. */
export const openMuteServer = () => openLoopbackServer(() => {})
