import type { RunEvent } from './run-patches.ts'

/** A run of the server. */
export interface RevisedRun {
  readonly entity: string
  readonly project: string
  readonly runId: string
}

/** How far the histories of runs have come, as events and lists say it: charts hear of it at once, and the page's lists a little later. */
export interface RunRevisions {
  /** The newest history revision that anybody has heard of; undefined for a run that nobody has told of yet. */
  newest(run: RevisedRun): number | undefined
  note(event: RunEvent): void
  /** What a list of a project's runs says: after a break it is what tells of all that was missed. */
  learn(
    project: Omit<RevisedRun, 'runId'>,
    runs: readonly { readonly runId: string; readonly historyRevision: number }[],
  ): void
  /** Everything may be different. */
  forget(): void
  /** Tells of runs whose history has gone on. */
  subscribe(listener: (run: RevisedRun) => void): () => void
}

/** Of so many runs, those that went on last; the lists know of all. */
const runCountMax = 10_000

/** Nothing is known yet. */
export function createRunRevisions(): RunRevisions {
  const revisions = new Map<string, number>()
  const listeners = new Set<(run: RevisedRun) => void>()
  function set(run: RevisedRun, revision: number): void {
    const key = keyOf(run)
    revisions.delete(key)
    revisions.set(key, revision)
    if (revisions.size > runCountMax) revisions.delete(revisions.keys().next().value as string)
    for (const listener of listeners) listener(run)
  }
  return {
    newest: (run) => revisions.get(keyOf(run)),
    note(event) {
      const key = keyOf(event)
      // A run of the same name that is made later begins anew.
      if (event.changed.includes('deleted')) revisions.delete(key)
      else if (revisions.get(key) !== event.historyRevision && event.changed.includes('history'))
        set(event, event.historyRevision)
    },
    learn({ entity, project }, runs) {
      for (const { runId, historyRevision } of runs) {
        const run = { entity, project, runId }
        // A list may be older than the last event.
        if ((revisions.get(keyOf(run)) ?? Number.NEGATIVE_INFINITY) < historyRevision) set(run, historyRevision)
      }
    },
    forget: () => revisions.clear(),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function keyOf({ entity, project, runId }: RevisedRun): string {
  return `${entity}/${project}/${runId}`
}
