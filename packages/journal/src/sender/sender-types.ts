import type { SenderClock } from './clock.ts'
import type { RunAddress } from './run-api.ts'
import type { SendError, SendErrorCode } from './send-error.ts'
import type { UploadCounts } from './uploads/run-uploads.ts'
import type { UnsentWork } from './uploads/unsent.ts'

/** The server that a worker sends to while the run goes on. */
export interface SenderTarget {
  readonly baseUrl: string
  readonly apiKey?: string
  readonly entity?: string
  readonly project?: string
  /** Least time between two requests with data, milliseconds. */
  readonly transmitIntervalMs?: number
  /** Unix patterns of run files, relative to `files/`, that are not uploaded. Default: none. */
  readonly ignoreGlobs?: readonly string[]
}

/** The server that a sender sends to. */
export interface SendTarget extends SenderTarget {
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch
  /**
   * Whether `fetch` leads to a server in this process: instead of contents it is told where they are, by a header
   * `x-lossline-source` with the URI-encoded absolute path, and reads them itself. Default false.
   */
  readonly isInProcess?: boolean
  /** The run's id on the server, instead of the journal's. */
  readonly runId?: string
}

/** What to send, where to, and for how long. */
export interface SenderOptions {
  readonly runDirectory: string
  readonly journalPath: string
  readonly target: SendTarget
  /** For {@link Sender.run}: whether to wait for more until the exit record. */
  readonly follow: boolean
  /** Whether files and artifacts that an earlier sender could not deliver are tried again. Default false. */
  readonly retriesFailed?: boolean
  /** Folder of `sync.json`; made if missing. Default: the run's own. */
  readonly stateDirectory?: string
  /** Names the server in `sync.json`. Default: its base URL. Another one for a run sent twice to one server. */
  readonly stateKey?: string
  /** Further folders in which staged files of artifacts are looked for by their names. Default: none. */
  readonly stagedDirectories?: readonly string[]
  /** Waited for before each artifact is saved. Default: nothing. */
  readonly artifactTurn?: () => Promise<void>
  /** Stops the sender; what has been acknowledged is noted in `sync.json`. */
  readonly signal?: AbortSignal
  /** Told when the server knows the run, after every request that was acknowledged, while contents are uploaded, and before each wait for another attempt. */
  onProgress?(progress: SendProgress): void
  readonly clock?: SenderClock
}

/** What a sender tells while it works. */
export type SendProgress =
  /** The server has taken the run in. Told once. */
  | { readonly kind: 'announced'; readonly run: RunAddress }
  | { readonly kind: 'sent'; readonly report: SendReport }
  /** Files or artifacts have moved on. At most about five times a second. */
  | { readonly kind: 'uploading'; readonly report: SendReport }
  | { readonly kind: 'waiting'; readonly error: SendError; readonly delayMs: number }
  /** The server asks for the end of the run's program. Told once. */
  | { readonly kind: 'stop-requested' }

/** How far a run has been sent. */
export interface SendReport {
  /** Where the run is on the server; undefined before it was announced. */
  readonly run: RunAddress | undefined
  /** Everything before this offset of the journal has been acknowledged. */
  readonly acknowledgedOffset: number
  /** Requests with data acknowledged by this sender. */
  readonly requestCount: number
  /** Records of the journal up to there; 0 for a run that an earlier sender has sent to its end. */
  readonly recordCount: number
  /** History rows that the server has. */
  readonly historyRowCount: number
  readonly isExitSent: boolean
  /** Whether a further call has something to do although the journal has not grown: uploads, or the end that waits for them. */
  readonly hasMore: boolean
  readonly isStopRequested: boolean
  /** What the server does not have yet, as far as the journal was read. */
  readonly unsent: UnsentWork
  /** What this sender has uploaded. */
  readonly uploaded: UploadCounts
  /** What could not be sent, counted by reason. */
  readonly problems: Readonly<Partial<Record<SendProblem, number>>>
  /** The files, artifacts and values of the summary among the problems, the first 100, and why. */
  readonly failures: readonly SendFailure[]
  /** What ended the sending before its end; only from {@link Sender.run}, which does not reject. */
  readonly error?: SendError
}

/** A line above the server's limit, damaged bytes of the journal, a file or an artifact that was not taken. */
export type SendProblem = 'too-large' | 'damaged' | 'file' | 'artifact'

/** A file, an artifact or a value of the summary that could not be sent. */
export interface SendFailure {
  readonly kind: 'file' | 'artifact' | 'summary'
  readonly name: string
  readonly code: SendErrorCode
  readonly message: string
  readonly hint?: string
  /** Client id of an artifact. */
  readonly clientId?: string
}

/** Sends a run's journal to a server, going on where `sync.json` says that the last sender was. */
export interface Sender {
  /**
   * Sends what is in the journal now and returns when all of it is acknowledged; waits and tries again while the server is
   * away.
   *
   * @param options.waitsForUploads - False: files and artifacts may still be on their way then, and the summary may wait for
   * the next call, for a second at most; the report's `hasMore` says
   * so, and a later call goes on. Default true.
   * @throws {@link SendError} when the server refuses for good, or when the signal aborts. A later call goes on there.
   */
  sendAvailable(options?: { readonly waitsForUploads?: boolean }): Promise<SendReport>
  /** Sends until the exit record, the signal or a refusal. Never rejects. Without `follow`: what is there now. */
  run(): Promise<SendReport>
  /** Tells the server that the run is alive. One attempt; a failure means nothing. */
  heartbeat(): Promise<void>
  /** What the server does not have now, with what the journal holds and was not read. Also after an abort. */
  readUnsent(): Promise<UnsentWork>
  /** Stops, and notes in `sync.json` what has been acknowledged. Can be called twice. */
  close(): Promise<void>
}
