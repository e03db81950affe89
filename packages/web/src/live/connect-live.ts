import type { PageEvent, RunResponse, RunsQueryResponse } from '@lossline/protocol'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { forgetFirstAnswers } from '../api/first-answers.ts'
import type { RunAddress } from '../api/media-queries.ts'
import { runListKeys } from '../api/queries.ts'
import { serverNowMs } from '../api/server-clock.ts'
import { createValueStore, type ValueStore } from '../view/address/value-store.ts'
import { runPathOf } from '../view/run/run-key.ts'
import type { LiveChannel } from './live-channel.ts'
import { mergeRunEvents, needsRunsRefetch, patchRun, patchRuns, type RunEvent } from './run-patches.ts'
import { createRunRevisions, type RunRevisions } from './run-revisions.ts'
import { createThrottle } from './throttle.ts'

/** Tells parts of the page that hold data outside of queries when to ask again. */
export interface LiveUpdates {
  /** The server is back after a break. */
  onHeal(listener: () => void): () => void
  readonly revisions: RunRevisions
  /** Runs that have been deleted, or brought back since, while the page was open, by `entity/project/runId`. */
  readonly runFates: ValueStore<ReadonlyMap<string, 'deleted' | 'restored'>>
  /** Runs have left a project, which no event tells. */
  noteGone(runs: readonly RunAddress[]): void
  /** Such runs are back. */
  noteBack(runs: readonly RunAddress[]): void
}

/** Shortest time between two refetches of the same thing because of live events. */
const refetchIntervalMs = 1000
/** The same for what costs the server much and changes little from run to run. */
const slowRefetchIntervalMs = 5000

/** Out of the way of the first charts, also where they take long; not every browser says when it is idle. */
const firstCheckDelayMs = 1000
const firstCheckDelayMsMax = 10_000
const whenIdle = globalThis.requestIdleCallback ?? ((run: () => void) => run())

/** Keeps the query cache current: patches runs in place, and asks again for what events do not carry. */
export function connectLive(live: LiveChannel, queryClient: QueryClient): LiveUpdates {
  const healListeners = new Set<() => void>()
  const revisions = createRunRevisions()
  const runFates = createValueStore<ReadonlyMap<string, 'deleted' | 'restored'>>(new Map())
  const throttles = new Map<string, ReturnType<typeof createThrottle>>()
  // Each change of a run in the lists draws the whole page anew, and a run may log a hundred times a second.
  const waiting = new Map<string, RunEvent>()
  const patching = createThrottle(patchWaiting, refetchIntervalMs)
  const refetch = (key: QueryKey, intervalMs = refetchIntervalMs): void => {
    const id = JSON.stringify(key)
    const throttle = throttles.get(id) ?? createThrottle(() => refetchNow(key), intervalMs)
    throttles.set(id, throttle)
    throttle.request()
  }
  function refetchNow(queryKey: QueryKey): void {
    // A first answer that is on its way may be older than the event, and is not asked for a second time while it is.
    const isEarly = queryClient.isFetching({ queryKey, predicate: (query) => query.state.data === undefined }) > 0
    void queryClient.invalidateQueries({ queryKey })
    if (isEarly) refetch(queryKey)
  }

  function noteFates(runs: readonly RunAddress[], fate: 'deleted' | 'restored'): void {
    if (runs.length === 0) return
    const noted = runs.map((run) => [runPathOf(run), fate] as const)
    runFates.set(new Map([...runFates.get(), ...noted]))
  }

  function refetchLists({ entity, project }: { readonly entity: string; readonly project: string }): void {
    for (const list of runListKeys) refetch([list, entity, project])
    refetch(['run-importance', entity, project], slowRefetchIntervalMs)
  }

  function patchWaiting(): void {
    const events = [...waiting.values()]
    waiting.clear()
    const now = serverNowMs()
    for (const event of events) {
      const { entity, project, runId } = event
      queryClient.setQueriesData<RunsQueryResponse>(
        { queryKey: ['runs', entity, project] },
        (old) => old && patchRuns(old, event, now),
      )
      queryClient.setQueryData<RunResponse>(
        ['run', entity, project, runId],
        (old) => old && { run: patchRun(old.run, event, now) },
      )
    }
  }

  function applyRunEvent(event: RunEvent): void {
    const { entity, project, runId } = event
    revisions.note(event)
    const key = runPathOf(event)
    if (event.changed.includes('deleted')) noteFates([event], 'deleted')
    if (event.changed.includes('created') && runFates.get().has(key)) noteFates([event], 'restored')
    waiting.set(key, mergeRunEvents(waiting.get(key), event))
    if (needsRunsRefetch(event)) patchWaiting()
    else patching.request()
    refetch(['run', entity, project, runId])
    // What came of a sweep follows from its runs.
    if (event.changed.some((what) => what !== 'history' && what !== 'logs')) refetch(['sweeps', entity, project])
    if (event.changed.includes('history')) {
      refetch(['metrics', entity, project])
      refetch(['run-data', entity, project, runId])
    }
    if (event.changed.includes('logs')) refetch(['logs', entity, project, runId])
    if (event.changed.some((what) => what === 'created' || what === 'state' || what === 'deleted'))
      refetch(['projects'])
  }

  live.onEvent((event: PageEvent) => {
    if (event.type === 'reset') {
      revisions.forget()
      return void queryClient.invalidateQueries()
    }
    if (event.type === 'project') {
      refetch(['projects'])
      // Runs may have come to it, or left it.
      refetchLists(event)
      refetch(['metrics', event.entity, event.project])
      refetch(['metric-note', event.entity, event.project])
    }
    if (event.type === 'view' || event.type === 'project') refetch(['views', event.entity, event.project])
    if (event.type === 'sweep') refetch(['sweeps', event.entity, event.project])
    if (event.type === 'run') applyRunEvent(event)
    if (event.type === 'run' && needsRunsRefetch(event)) refetchLists(event)
  })

  function checkAll(): void {
    forgetFirstAnswers()
    void queryClient.invalidateQueries()
  }

  let isBehind = false
  let isFirst = true
  live.onStatus(() => {
    const { kind } = live.status()
    if (kind === 'reconnecting') isBehind = true
    if (kind !== 'live') return
    // What changed between the page's first questions and the start of the stream was told to nobody.
    if (isFirst) setTimeout(() => whenIdle(checkAll, { timeout: firstCheckDelayMsMax }), firstCheckDelayMs)
    isFirst = false
    if (!isBehind) return
    isBehind = false
    void queryClient.invalidateQueries()
    for (const listener of healListeners) listener()
  })

  return {
    onHeal(listener) {
      healListeners.add(listener)
      return () => healListeners.delete(listener)
    },
    revisions,
    runFates,
    noteGone: (runs) => noteFates(runs, 'deleted'),
    noteBack: (runs) => noteFates(runs, 'restored'),
  }
}
