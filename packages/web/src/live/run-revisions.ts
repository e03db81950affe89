import type { RunAddress } from '../api/media-queries.ts'
import { runPathOf } from '../view/run/run-key.ts'
import type { RunEvent } from './run-patches.ts'

/** How far the histories of runs have come, as events and lists say it: charts hear of it at once, and the page's lists a little later. */
export interface RunRevisions {
  /** The newest history revision that anybody has heard of; undefined for a run that nobody has told of yet. */
  newest(run: RunAddress): number | undefined
  note(event: RunEvent): void
  /** What a list of a project's runs says: after a break it is what tells of all that was missed. */
  learn(
    project: Omit<RunAddress, 'runId'>,
    runs: readonly { readonly runId: string; readonly historyRevision: number }[],
  ): void
  /** Everything may be different. */
  forget(): void
  /** Tells of runs whose history has gone on. */
  subscribe(listener: (run: RunAddress) => void): () => void
}

/** Of so many runs, those that went on last; the lists know of all. */
const runCountMax = 10_000

/** Nothing is known yet. */
export function createRunRevisions(): RunRevisions {
  const revisions = new Map<string, number>()
  const listeners = new Set<(run: RunAddress) => void>()
  function set(run: RunAddress, revision: number): void {
    const key = runPathOf(run)
    revisions.delete(key)
    revisions.set(key, revision)
    if (revisions.size > runCountMax) revisions.delete(revisions.keys().next().value as string)
    for (const listener of listeners) listener(run)
  }
  return {
    newest: (run) => revisions.get(runPathOf(run)),
    note(event) {
      const key = runPathOf(event)
      // A run of the same name that is made later begins anew.
      if (event.changed.includes('deleted')) revisions.delete(key)
      else if (revisions.get(key) !== event.historyRevision && event.changed.includes('history'))
        set(event, event.historyRevision)
    },
    learn({ entity, project }, runs) {
      for (const { runId, historyRevision } of runs) {
        const run = { entity, project, runId }
        // A list may be older than the last event.
        if ((revisions.get(runPathOf(run)) ?? Number.NEGATIVE_INFINITY) < historyRevision) set(run, historyRevision)
      }
    },
    forget: () => revisions.clear(),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
