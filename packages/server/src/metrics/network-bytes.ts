import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { MetricFamily } from './exposition.ts'

/** Bytes that connections have carried, heads of requests and answers included. */
export interface NetworkBytes {
  readonly received: number
  readonly sent: number
}

/** Counts what the connections of a server carry. Call it before the server listens. */
export function countNetworkBytes(server: Server): () => NetworkBytes {
  const open = new Set<Socket>()
  let [received, sent] = [0, 0]
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      received += socket.bytesRead
      sent += socket.bytesWritten
    })
  })
  return () => {
    const now = { received, sent }
    for (const { bytesRead, bytesWritten } of open) {
      now.received += bytesRead
      now.sent += bytesWritten
    }
    return now
  }
}

export function toNetworkFamily({ received, sent }: NetworkBytes): MetricFamily {
  return {
    name: 'lossline_network_bytes_total',
    help: 'Bytes of all connections, in and out.',
    kind: 'counter',
    samples: [
      { labels: { direction: 'in' }, value: received },
      { labels: { direction: 'out' }, value: sent },
    ],
  }
}
