import { mkdir } from 'node:fs/promises'
import type { SenderClock } from './clock.ts'
import type { GraphqlOptions } from './graphql.ts'
import type { SendProblems } from './send-problems.ts'
import type { SenderOptions } from './sender-types.ts'
import { readSyncState, type SyncState } from './sync-state.ts'
import { createRunUploads, type RunUploads } from './uploads/run-uploads.ts'

const newsIntervalMs = 200

/** The uploads of a sending, which go on where those of an earlier sender were. */
export interface SendingUploads {
  /** Undefined before they are opened. */
  readonly opened: RunUploads | undefined
  /** Opens them once; further calls do nothing. */
  open(): Promise<RunUploads>
}

export interface CreateSendingUploadsOptions {
  readonly sender: SenderOptions
  readonly stateKey: string
  readonly graphql: GraphqlOptions
  readonly clock: SenderClock
  readonly problems: SendProblems
  /** The text of a file that is made from the journal; see `generateRunFile`. */
  textOf(name: string): Promise<string | undefined>
  /** Takes over what an earlier sender has noted, before anything is uploaded. */
  restore(sync: SyncState): Promise<void>
  onChange(): void
  /** A file or an artifact could not be delivered. */
  onFailure(): void
  /** Something has moved on; told at most five times a second. */
  onNews(): void
}

export function createSendingUploads(options: CreateSendingUploadsOptions): SendingUploads {
  const { sender, stateKey, graphql, clock, problems } = options
  const { runDirectory, stateDirectory = runDirectory, target } = sender
  let opened: RunUploads | undefined
  let lastNewsMs = Number.NEGATIVE_INFINITY

  function onChange(): void {
    options.onChange()
    if (clock.now() - lastNewsMs < newsIntervalMs) return
    lastNewsMs = clock.now()
    options.onNews()
  }

  return {
    get opened() {
      return opened
    },
    async open() {
      if (opened !== undefined) return opened
      // The run's own folder is not made anew here: whoever removed it wanted it gone.
      if (stateDirectory !== runDirectory) await mkdir(stateDirectory, { recursive: true })
      const sync = await readSyncState(stateDirectory, stateKey)
      if (sync !== undefined) await options.restore(sync)
      opened = createRunUploads({
        runDirectory,
        textOf: options.textOf,
        graphql,
        isInProcess: target.isInProcess ?? false,
        ignoreGlobs: target.ignoreGlobs ?? [],
        earlier: sync,
        retriesFailed: sender.retriesFailed ?? false,
        stagedDirectories: sender.stagedDirectories ?? [],
        artifactTurn: sender.artifactTurn,
        onChange,
        onFailure(what, error) {
          problems.addFailure(what, error)
          options.onFailure()
        },
      })
      return opened
    },
  }
}
