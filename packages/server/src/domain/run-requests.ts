import type { AlertLevel, RowGroup, RunFields } from '@lossline/store'
import type { Writer } from './writer.ts'

/** Fields that a client can set; undefined leaves one as it is. */
export type RunEdit = {
  readonly [F in
    | 'displayName'
    | 'notes'
    | 'description'
    | 'tags'
    | 'group'
    | 'jobType'
    | 'color'
    | 'sweepId'
    | 'host'
    | 'program'
    | 'commit'
    | 'repo'
    | 'config'
    | 'summary']?: RunFields[F] | undefined
}

/** A logging client announces its run: a new one, a resumed one, or new metadata of a live one. */
export interface AnnounceRun {
  readonly entity: string
  readonly project: string
  /** Default: a generated id. */
  readonly runId?: string | undefined
  readonly requestedState?: 'pending' | 'running' | undefined
  readonly username: string
  readonly edit: RunEdit
  readonly writer?: Writer | undefined
  /** When the run's program gave this sign of life, Unix milliseconds. Default: now. */
  readonly heardAtMs?: number | undefined
}

/** Everything that one request of a run's stream brings. */
export interface StreamBatch {
  readonly history?: { readonly lineOffset: number; readonly rows: RowGroup }
  readonly events?: { readonly lineOffset: number; readonly rows: RowGroup }
  /** Whole summary as JSON text. */
  readonly summary?: string
  readonly console?: { readonly lineOffset: number; readonly lines: readonly string[] }
  readonly isPreempting?: boolean
  readonly exitCode?: number
  /** Default: the run has one writer, and lines have their numbers in the run. */
  readonly writer?: Writer
  /** When the run's program gave this sign of life, Unix milliseconds. Default: now. */
  readonly heardAtMs?: number | undefined
}

/** A message of a run's program to people. */
export interface AlertMessage {
  readonly title: string
  readonly text: string
  readonly level: AlertLevel
  /** Another one of this title is not told again for so long. */
  readonly quietMs: number
}
