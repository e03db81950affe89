import type { MessagePort } from 'node:worker_threads'
import type { EnvironmentRecord } from '@lossline/protocol'
import type { RunAddress } from '../sender/run-api.ts'
import type { SenderTarget } from '../sender/sender-types.ts'
import type { SystemMetricsOptions } from '../system/system-metrics.ts'
import type { SharedThreadFacts } from '../system/thread-facts.ts'
import type { ClockStart } from './clock.ts'
import type { JournalProblem, SendingProgress, SyncOutcome } from './run-writer.ts'
import type { WritingEndStart, WrittenReport } from './writing-end.ts'

/** What the worker is started with. */
export interface JournalWorkerData {
  readonly start: WritingEndStart
  readonly clockStart: ClockStart
  readonly flushIntervalMs: number
  readonly runDirectory: string
  /** Slow lane: messages to the engine. Read only when a marker in the ring says so. */
  readonly lanePort: MessagePort
  readonly replyPort: MessagePort
  readonly target?: SenderTarget
  readonly systemMetrics?: SystemMetricsOptions
  readonly threadFacts?: SharedThreadFacts
}

/** What the worker posts back. */
export type WorkerReply =
  | { readonly kind: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'problem'; readonly problem: JournalProblem }
  | { readonly kind: 'announced'; readonly run: RunAddress }
  | { readonly kind: 'sending-progress'; readonly progress: SendingProgress }
  /** Facts about the machine, which are in the journal already. */
  | { readonly kind: 'environment'; readonly environment: EnvironmentRecord }

/** Reply to the request `finish`. */
export interface FinishReply {
  readonly written: WrittenReport
  readonly sync?: SyncOutcome
}
