import type { EngineMessage } from '../engine/messages.ts'
import { type SystemMetricsOptions, startSystemMetrics } from '../system/system-metrics.ts'
import type { SharedThreadFacts } from '../system/thread-facts.ts'
import type { Connection } from './connection.ts'
import type { WorkerReply } from './worker-messages.ts'
import { createWritingEnd, type WritingEnd, type WritingEndStart } from './writing-end.ts'

export interface OpenInlineConnectionOptions {
  readonly start: WritingEndStart
  /** Messages that a lost worker left behind. Default: none. */
  readonly messages?: readonly EngineMessage[]
  readonly systemMetrics: SystemMetricsOptions | undefined
  readonly threadFacts: SharedThreadFacts | undefined
  /** Ends the wait for the server, of a sender beside this. */
  stopWaiting(): void
  nowMs(): number
  onReply(reply: WorkerReply): void
  /** Called before anything is written, to bring the engine up to what the journal holds. */
  prepare?(writingEnd: WritingEnd): void
}

// Summary, sync and a full disk are looked at this often; rows are written in the call that logs them.
const tickIntervalMs = 250

/** Lets the calling thread write: each row is in the file when the call that logged it returns. */
export function openInlineConnection(options: OpenInlineConnectionOptions): Connection {
  const { start, nowMs, onReply } = options
  const lane: EngineMessage[] = [...(options.messages ?? [])]
  const writingEnd = createWritingEnd(start, {
    nowMs,
    takeMessage: () => lane.shift(),
    beforeFinish: () => systemMetrics?.stop(),
    stopWaiting: options.stopWaiting,
    reply: (id, value) => onReply({ kind: 'reply', id, value }),
    replyFinished: (id, written) => onReply({ kind: 'reply', id, value: { written } }),
    reportProblem: (problem) => onReply({ kind: 'problem', problem }),
  })
  options.prepare?.(writingEnd)
  const { pump } = writingEnd
  const timer = setInterval(() => pump.tick(), tickIntervalMs)
  timer.unref()
  const systemMetrics =
    options.systemMetrics === undefined
      ? undefined
      : startSystemMetrics({
          ...options.systemMetrics,
          threadFacts: options.threadFacts,
          nowMs,
          append(body) {
            writingEnd.engine.append(body)
            pump.tick()
          },
          onEnvironment: (environment) => onReply({ kind: 'environment', environment }),
        })

  function drain(): void {
    pump.run(Number.POSITIVE_INFINITY)
  }

  return {
    post(message) {
      lane.push(message)
    },
    afterPublish: drain,
    waitForRelease() {
      drain()
      return true
    },
    waitForReply() {
      drain()
      return true
    },
    hold() {},
    async close() {
      clearInterval(timer)
      systemMetrics?.stop()
    },
  }
}
