import type { Worker } from 'node:worker_threads'
import type { EnvironmentRecord, JsonObject, MetricRecord, RunRecord, WandbRecordBody } from '@lossline/protocol'
import type { RunContents } from '../engine/engine.ts'
import type { EarlierMetrics } from '../engine/messages.ts'
import type { RowItem } from '../media/row-item.ts'
import type { RunAddress } from '../sender/run-api.ts'
import type { SenderTarget } from '../sender/sender-types.ts'
import type { UploadCounts } from '../sender/uploads/run-uploads.ts'
import type { UnsentWork } from '../sender/uploads/unsent.ts'
import type { SystemMetricsOptions } from '../system/system-metrics.ts'

/** Something that went wrong after the run began. It never throws into training; it is told once and counted. */
export interface JournalProblem {
  readonly reason:
    | 'disk-full'
    | 'write-failed'
    | 'directory-removed'
    | 'worker-lost'
    | 'too-large'
    | 'media-failed'
    | 'send-failed'
    | 'upload-failed'
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
  /** Client id of the artifact that was not saved. */
  readonly artifactClientId?: string
  /** Rows lost to this so far. */
  readonly droppedRowCount: number
}

/** How the event loop of the training thread fares, as far as the log path can see. */
export interface EventLoopWatch {
  /** Called by a log call when the event loop has not turned for {@link starvedAfterMs}; once until it turns again. */
  onStarved(): void
  /** Called in the first turn after that. */
  onTurn(): void
  /** Default 1000. */
  readonly starvedAfterMs?: number
}

/** What a run's writer is made of. */
export interface OpenRunWriterOptions {
  /** Made if missing. The journal `run-<id>.wandb` in it is created exclusively. */
  readonly runDirectory: string
  /** The first run record: `runId` and `startTime` are required; the file's name and `_runtime` come from them. */
  readonly run: RunRecord
  /** Who writes, for the header record, such as `lossline/1.2.0`. */
  readonly producer: string
  /**
   * 'batched' (default): a worker writes within milliseconds; SIGKILL loses those. 'sync': each row is in the file
   * when the call returns.
   */
  readonly durability?: 'batched' | 'sync'
  /** Size of the ring between training and writing thread. Default 1 MiB, about 9,000 rows of 10 numbers. */
  readonly ringBytes?: number
  /** Least time between two `fdatasync`. Default 1000. */
  readonly fsyncIntervalMs?: number
  /** Longest wait of a row before it is written. Default 4, at most 5. */
  readonly flushIntervalMs?: number
  /** Server to send to while the run goes on. Default: none. */
  readonly target?: SenderTarget
  readonly eventLoop?: EventLoopWatch
  /** Records processor, memory, disks, network, GPUs and the calling thread's state. Default: nothing of it. */
  readonly systemMetrics?: SystemMetricsOptions
  onProblem?(problem: JournalProblem): void
  /** Told once, when the server that is sent to knows the run. */
  onAnnounced?(run: RunAddress): void
  /** Told at most about five times a second how the sending goes on, from the call of `finish` on. */
  onSendingProgress?(progress: SendingProgress): void
  /** Told of facts about the machine that were found later; they are in the journal already. */
  onEnvironment?(environment: EnvironmentRecord): void
}

/** Options that only tests use. */
export interface InternalRunWriterOptions {
  /** Bytes that the disk still takes; a shared Int32 that a test counts up and down. */
  readonly diskBytesLeft?: Int32Array
  /** How many bytes of media may wait for the worker. Default: 32 MiB. */
  readonly mediaBytesMax?: number
  /** Gets the worker, to end it in the middle. */
  onWorker?(worker: Worker): void
  /** Default true; false lets nothing but the calling thread write, without the promise of 'sync'. */
  readonly useWorker?: boolean
}

/** A row of the slow path: its leaves, as core flattened them, and its media. */
export interface SlowRow {
  readonly items: readonly RowItem[]
  /** Default: the current step. */
  readonly step?: number
  /** Whether the row ends its step. Default: true without `step`, false with it. */
  readonly commit?: boolean
  /** Unix seconds to keep instead of the time of the call. */
  readonly timestampSeconds?: number
}

/** How a run ends. */
export interface FinishOptions {
  readonly exitCode: number
  /** Other processes still write the run: only this one's part ends. Default: the run ends. */
  readonly leavesOpen?: boolean
  /** How long to wait for the sender, if there is a target. Default 60,000 for `finish`, 5,000 for `finishSync`. */
  readonly timeoutMs?: number
}

/** What became of the run's records. */
export interface FinishReport {
  readonly journalPath: string
  /** History rows in the journal. */
  readonly rowCount: number
  readonly recordCount: number
  /** Rows that are not in the journal. */
  readonly droppedRowCount: number
  /** Media values that are not in the rows which were to hold them. */
  readonly droppedMediaCount: number
  /** Whether everything is on disk. */
  readonly isWritten: boolean
  /** What the run holds beside its rows. */
  readonly contents: RunContents
  /** Only with a target. */
  readonly sync?: SyncOutcome
  readonly problems: readonly JournalProblem[]
}

/** How the sending goes on while `finish` waits for it. */
export interface SendingProgress {
  /** What the server does not have yet. */
  readonly unsent: UnsentWork
  /** What was uploaded since the run began. */
  readonly uploaded: UploadCounts
}

/** Whether the server has everything. */
export interface SyncOutcome {
  /** Files and artifacts that were not taken for good are among the problems and keep nothing from being complete. */
  readonly isComplete: boolean
  /** What the server does not have, if it is not complete. */
  readonly unsent?: UnsentWork
  readonly message?: string
  /** How to send the rest later. */
  readonly hint?: string
}

/** The writing end of a run's journal. */
export interface RunWriter {
  readonly journalPath: string
  readonly runDirectory: string
  /** The step that the next row without a step of its own gets. */
  readonly step: number
  /**
   * The fast path: a row whose own enumerable properties are all numbers, or plain objects of such.
   *
   * @param step - Default: this row is the current step and ends it. Given: merged into that step, as W&B's `log` does.
   * @returns false when the row is none of that; nothing was logged then, and {@link logRow} is the way.
   */
  tryLogNumbers(metrics: object, step?: number): boolean
  /**
   * Logs any row. Arrays of media are copied and files of media are staged before it returns; while 32 MiB of media wait
   * for the writing thread it blocks. 'step-too-low' = nothing was logged, because the step has passed. */
  logRow(row: SlowRow): 'logged' | 'step-too-low'
  /** Ends the step that rows with a step of their own have left open, if there is one. */
  commit(): void
  /** Appends any other record, in order with the rows. */
  append(body: WandbRecordBody): void
  /** Appends a metric definition and applies it: summary statistics, globs, synced step metrics. */
  defineMetric(metric: MetricRecord): void
  /**
   * Goes on from what an earlier process of the run had: its metric definitions hold until this one defines the metric
   * itself, and statistics count on from its summary. Called first.
   */
  restore(earlier: EarlierMetrics): void
  /** Sets or removes summary values by hand, which cancels the statistics configured for them. */
  updateSummary(update: readonly RowItem[], remove: readonly (readonly string[])[]): void
  /** The summary after every step that ended before the call; waits for the writing thread. */
  readSummary(): JsonObject
  /** Everything logged so far is on disk when it resolves. */
  flush(): Promise<void>
  /** As {@link flush}, blocking. */
  flushSync(): void
  /** Ends the run: exit record, disk, and with a target the sender, for a bounded time. Later calls get the same report. */
  finish(options: FinishOptions): Promise<FinishReport>
  /** Lets a {@link finish} that waits for the server wait no longer; its report says what is left to send. */
  stopWaiting(): void
  /** As {@link finish}, blocking; for handlers of a process' end. */
  finishSync(options: FinishOptions): FinishReport
  readonly problems: readonly JournalProblem[]
}
