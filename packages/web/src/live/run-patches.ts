import type { PageEvent, RunSummary, RunsQueryResponse } from '@lossline/protocol'

/** An event about one run. */
export type RunEvent = Extract<PageEvent, { type: 'run' }>

/** The list with what a run event says about a run in it; the same object when it says nothing new. */
export function patchRuns(response: RunsQueryResponse, event: RunEvent, nowMs: number): RunsQueryResponse {
  const at = response.runs.findIndex((run) => run.runId === event.runId)
  const run = response.runs[at]
  if (!run || event.revision < run.revision) return response
  const runs = [...response.runs]
  runs[at] = patchRun(run, event, nowMs)
  return { ...response, runs }
}

/** A run with what an event says about it. */
export function patchRun<R extends RunSummary>(run: R, event: RunEvent, nowMs: number): R {
  const hasData = event.changed.includes('history') || event.changed.includes('logs')
  return {
    ...run,
    revision: Math.max(run.revision, event.revision),
    historyRevision: Math.max(run.historyRevision, event.historyRevision),
    state: event.state,
    heartbeatAtMs: hasData ? Math.max(run.heartbeatAtMs, nowMs) : run.heartbeatAtMs,
  }
}

/** What two events of a run say together; the later one second. */
export function mergeRunEvents(earlier: RunEvent | undefined, later: RunEvent): RunEvent {
  if (earlier === undefined) return later
  return { ...later, changed: [...new Set([...earlier.changed, ...later.changed])] }
}

/** Whether a list of runs must be asked for again: runs came, went, or changed what the list shows and an event does not carry. */
export function needsRunsRefetch(event: PageEvent): boolean {
  if (event.type === 'reset') return true
  return event.type === 'run' && event.changed.some((what) => what !== 'history' && what !== 'logs')
}
