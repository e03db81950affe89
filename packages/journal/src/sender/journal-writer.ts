import type { JsonObject, RunState } from '@lossline/protocol'
import { objectAt, textAt } from './graphql.ts'

/** Who has written a journal, among all those who write the run. */
export interface JournalWriter {
  /** The same for every sender of the journal, and no other journal's. */
  readonly name: string
  /** Set when the writers of the run write at the same time. */
  readonly shared: { readonly label: string } | undefined
}

/** What our SDK says in the config about the writer; W&B's journals do not. */
function internals(state: RunState): JsonObject {
  return objectAt(state.config(), '_wandb', 'lossline')
}

/** Reads it from the run record, which comes first. */
export function readJournalWriter(state: RunState): JournalWriter {
  const own = internals(state)
  const { seconds = 0, nanos = 0 } = state.run?.startTime ?? {}
  const label = textAt(objectAt(own, 'shared'), 'label')
  return {
    // Without a name of its own a journal is known by its start, to the microsecond.
    name: textAt(own, 'writer') || `${seconds}.${String(nanos).padStart(9, '0')}`,
    shared: own.shared === undefined ? undefined : { label },
  }
}

/** How the run's config names the writer; empty where it does not. */
export function readWriterNames(state: RunState): { readonly writer: string; readonly environment: string } {
  return { writer: textAt(internals(state), 'writer'), environment: state.environment?.writerId ?? '' }
}

/** Fields that were emptied, which the run record cannot say: there, an empty value leaves the one before. */
export function readClearedFields(state: RunState): ReadonlySet<string> {
  const { cleared } = internals(state)
  return new Set(Array.isArray(cleared) ? cleared.map(String) : [])
}
