import type { SenderClock } from './clock.ts'
import { type SyncState, writeSyncState } from './sync-state.ts'

const intervalMs = 1_000

/** Keeps `sync.json` up with what a sender has reached. */
export interface SyncSaving {
  /** Something has changed that it should say. */
  noteChange(): void
  /** Something was refused, for which somebody may be waiting: the next look counts as due. */
  noteFailure(): void
  /** Writes it now. Resolves with why it could not be written. */
  save(): Promise<{ readonly cause: unknown } | undefined>
  saveIfChanged(): Promise<void>
  /** The same, but at most once a second. */
  saveIfDue(): Promise<void>
}

export interface CreateSyncSavingOptions {
  readonly directory: string
  readonly stateKey: string
  readonly clock: SenderClock
  /** What there is to say; undefined = nothing yet. */
  toState(): SyncState | undefined
}

export function createSyncSaving({ directory, stateKey, clock, toState }: CreateSyncSavingOptions): SyncSaving {
  let isChanged = false
  let isUrgent = false
  let lastMs = Number.NEGATIVE_INFINITY

  async function save(): Promise<{ readonly cause: unknown } | undefined> {
    isChanged = false
    isUrgent = false
    lastMs = clock.now()
    const state = toState()
    if (state === undefined) return undefined
    try {
      await writeSyncState(directory, stateKey, state)
      return undefined
    } catch (cause) {
      // A read-only or full disk: what was sent will be sent once more by the next sender, to the same places.
      return { cause }
    }
  }

  async function saveIfChanged(): Promise<void> {
    if (isChanged) await save()
  }

  return {
    noteChange() {
      isChanged = true
    },
    noteFailure() {
      isChanged = true
      isUrgent = true
    },
    save,
    saveIfChanged,
    async saveIfDue() {
      if (isUrgent || clock.now() - lastMs >= intervalMs) await saveIfChanged()
    },
  }
}
