import type { RunSummary } from '@lossline/protocol'

/** What moves on with every row that a run logs. */
type MovingField = 'revision' | 'historyRevision' | 'heartbeatAtMs' | 'runtimeSeconds' | 'lastStep'

/** Compares the other fields; a record, so that a new field of a run is not forgotten. */
const isSameField: Readonly<Record<Exclude<keyof RunSummary, MovingField>, (a: RunSummary, b: RunSummary) => boolean>> =
  {
    runId: (a, b) => a.runId === b.runId,
    displayName: (a, b) => a.displayName === b.displayName,
    state: (a, b) => a.state === b.state,
    stateCause: (a, b) => a.stateCause === b.stateCause,
    number: (a, b) => a.number === b.number,
    createdAtMs: (a, b) => a.createdAtMs === b.createdAtMs,
    tags: (a, b) => a.tags.join('\n') === b.tags.join('\n'),
    group: (a, b) => a.group === b.group,
    jobType: (a, b) => a.jobType === b.jobType,
    sweepId: (a, b) => a.sweepId === b.sweepId,
    host: (a, b) => a.host === b.host,
    color: (a, b) => a.color === b.color,
    notes: (a, b) => a.notes === b.notes,
    username: (a, b) => a.username === b.username,
  }
const comparisons = Object.values(isSameField)

/**
 * Whether charts show two lists of runs alike: nothing differs but how far they have come, and none is twice as long as it was.
 * Histories are asked for by the revisions that events tell of, so that lists which only move on need not reach a chart.
 */
export function areSameRuns(a: readonly RunSummary[], b: readonly RunSummary[]): boolean {
  return a.length === b.length && a.every((run, i) => isSameRun(run, b[i] as RunSummary))
}

function isSameRun(a: RunSummary, b: RunSummary): boolean {
  if (a === b) return true
  const isAsLong =
    magnitude(a.lastStep ?? 0) === magnitude(b.lastStep ?? 0) &&
    magnitude(a.runtimeSeconds) === magnitude(b.runtimeSeconds)
  return isAsLong && comparisons.every((isSame) => isSame(a, b))
}

/** What is said of smoothing goes by powers of two of the length of x. */
function magnitude(length: number): number {
  return length > 0 ? Math.ceil(Math.log2(length)) : Number.NEGATIVE_INFINITY
}
