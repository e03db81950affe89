import type { SenderTarget } from '../writer/run-writer.ts'
import type { SenderClock } from './clock.ts'
import type { SendError } from './send-error.ts'

/** The server that a sender sends to. */
export interface SendTarget extends SenderTarget {
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch
}

/** What to send, where to, and for how long. */
export interface SenderOptions {
  readonly runDirectory: string
  readonly journalPath: string
  readonly target: SendTarget
  /** For {@link Sender.run}: whether to wait for more until the exit record. */
  readonly follow: boolean
  /** Stops the sender; what has been acknowledged is noted in `sync.json`. */
  readonly signal?: AbortSignal
  /** Told after every request that was acknowledged, and before each wait for another attempt. */
  onProgress?(progress: SendProgress): void
  readonly clock?: SenderClock
}

/** What a sender tells while it works. */
export type SendProgress =
  | { readonly kind: 'sent'; readonly report: SendReport }
  | { readonly kind: 'waiting'; readonly error: SendError; readonly delayMs: number }
  /** The server asks for the end of the run's program. Told once. */
  | { readonly kind: 'stop-requested' }

/** How far a run has been sent. */
export interface SendReport {
  /** Where the run is on the server; undefined before it was announced. */
  readonly run:
    | {
        readonly entity: string
        readonly project: string
        readonly runId: string
        readonly displayName: string
      }
    | undefined
  /** Everything before this offset of the journal has been acknowledged. */
  readonly acknowledgedOffset: number
  /** Requests with data acknowledged by this sender. */
  readonly requestCount: number
  /** History rows that the server has. */
  readonly historyRowCount: number
  readonly isExitSent: boolean
  readonly isStopRequested: boolean
  /** What could not be sent, counted by reason. */
  readonly problems: Readonly<Partial<Record<SendProblem, number>>>
  /** What ended the sending before its end; only from {@link Sender.run}, which does not reject. */
  readonly error?: SendError
}

/** A line above the server's limit, damaged bytes of the journal, a file that was not taken. */
export type SendProblem = 'too-large' | 'damaged' | 'file'

/** Sends a run's journal to a server, going on where `sync.json` says that the last sender was. */
export interface Sender {
  /**
   * Sends what is in the journal now and returns when all of it is acknowledged; waits and tries again while the server is
   * away.
   *
   * @throws {@link SendError} when the server refuses for good, or when the signal aborts. A later call goes on there.
   */
  sendAvailable(): Promise<SendReport>
  /** Sends until the exit record, the signal or a refusal. Never rejects. Without `follow`: what is there now. */
  run(): Promise<SendReport>
  /** Tells the server that the run is alive. One attempt; a failure means nothing. */
  heartbeat(): Promise<void>
  /** Stops, and notes in `sync.json` what has been acknowledged. Can be called twice. */
  close(): Promise<void>
}
