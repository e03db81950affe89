import type { FileStreamRequest } from '@lossline/protocol'
import type { SenderClock } from './clock.ts'
import type { ServerSession } from './server-session.ts'
import { writeStopRequest } from './stop-request.ts'

const heartbeatIntervalMs = 30_000

/** Requests that were put together, posted in their order until the server has acknowledged each. */
export interface StreamQueue {
  readonly requestCount: number
  readonly isStopRequested: boolean
  push(requests: readonly FileStreamRequest[]): void
  /**
   * Posts all that waits. What is interrupted stays, and is posted by the next call.
   *
   * @throws SendError
   */
  post(): Promise<void>
  /** Tells the server that the run is alive, now or only if nothing else has told it for a while. */
  heartbeat(): Promise<void>
  heartbeatIfDue(): Promise<void>
}

export interface CreateStreamQueueOptions {
  readonly session: ServerSession
  readonly clock: SenderClock
  readonly runDirectory: string
  /** Told when nothing waits any more. */
  onAcknowledged(): void
  /** The server asks for the end of the program. Told once. */
  onStopRequested(): void
}

/** Makes an empty queue. */
export function createStreamQueue(options: CreateStreamQueueOptions): StreamQueue {
  const { session, clock, runDirectory } = options
  const requests: FileStreamRequest[] = []
  let requestCount = 0
  let isStopRequested = false
  let lastRequestMs = clock.now()

  async function noteStop(isWanted: boolean): Promise<void> {
    if (!isWanted || isStopRequested) return
    isStopRequested = true
    await writeStopRequest(runDirectory, clock.now())
    options.onStopRequested()
  }

  async function heartbeat(): Promise<void> {
    await noteStop((await session.heartbeat()).isStopRequested)
  }

  return {
    get requestCount() {
      return requestCount
    },
    get isStopRequested() {
      return isStopRequested
    },
    push(more) {
      requests.push(...more)
    },
    async post() {
      for (let request = requests[0]; request !== undefined; request = requests[0]) {
        const answer = await session.post(request)
        requests.shift()
        requestCount += 1
        lastRequestMs = clock.now()
        await noteStop(answer.isStopRequested)
        if (requests.length === 0) options.onAcknowledged()
      }
    },
    heartbeat,
    async heartbeatIfDue() {
      if (clock.now() - lastRequestMs < heartbeatIntervalMs) return
      await heartbeat()
      lastRequestMs = clock.now()
    },
  }
}
