import type { Store } from '@lossline/store'
import type { Identity } from '../auth/identity.ts'
import type { Clock } from '../clock.ts'
import type { HistoryRows } from '../domain/history-rows.ts'
import type { RunFiles } from '../domain/run-files.ts'
import type { Runs } from '../domain/runs.ts'
import type { Writer } from '../domain/writer.ts'
import type { UrlSigner } from '../http/signed-url.ts'
import type { Log } from '../log.ts'

/** What W&B's side of the server works with. */
export interface WandbServices {
  readonly store: Store
  readonly runs: Runs
  readonly historyRows: HistoryRows
  readonly files: RunFiles
  readonly urlSigner: UrlSigner
  readonly clock: Clock
  readonly log: Log
  readonly version: string
}

/** What one GraphQL request knows. */
export interface WandbContext {
  readonly identity: Identity
  /** Scheme, host and port under which the client reached us: links in answers start with it. */
  readonly baseUrl: string
  /** Which of several writers of a run asks, if it says so. */
  readonly writer: Writer | undefined
}

/** An object of an answer: the executor takes fields as they are and calls methods with (arguments, context). */
export type WireObject = Readonly<Record<string, unknown>>
