import type { PageEvent, RunResponse, RunsResponse } from '@lossline/protocol'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { serverNowMs } from '../api/server-clock.ts'
import type { LiveChannel } from './live-channel.ts'
import { needsRunsRefetch, patchRun, patchRuns, type RunEvent } from './run-patches.ts'
import { createThrottle } from './throttle.ts'

/** Tells parts of the page that hold data outside of queries when to ask again. */
export interface LiveUpdates {
  /** The server is back after a break. */
  onHeal(listener: () => void): () => void
}

/** Shortest time between two refetches of the same thing because of live events. */
const refetchIntervalMs = 1000

/** Keeps the query cache current: patches runs in place, and asks again for what events do not carry. */
export function connectLive(live: LiveChannel, queryClient: QueryClient): LiveUpdates {
  const healListeners = new Set<() => void>()
  const throttles = new Map<string, ReturnType<typeof createThrottle>>()
  const refetch = (key: QueryKey): void => {
    const id = JSON.stringify(key)
    const throttle =
      throttles.get(id) ??
      createThrottle(() => void queryClient.invalidateQueries({ queryKey: key }), refetchIntervalMs)
    throttles.set(id, throttle)
    throttle.request()
  }

  function applyRunEvent(event: RunEvent): void {
    const { entity, project, runId } = event
    const now = serverNowMs()
    queryClient.setQueriesData<RunsResponse>(
      { queryKey: ['runs', entity, project] },
      (old) => old && patchRuns(old, event, now),
    )
    queryClient.setQueryData<RunResponse>(
      ['run', entity, project, runId],
      (old) => old && { run: patchRun(old.run, event, now) },
    )
    refetch(['run', entity, project, runId])
    if (event.changed.includes('history')) refetch(['metrics', entity, project])
    if (event.changed.includes('logs')) refetch(['logs', entity, project, runId])
    if (event.changed.some((what) => what === 'created' || what === 'state' || what === 'deleted'))
      refetch(['projects'])
  }

  live.onEvent((event: PageEvent) => {
    if (event.type === 'reset') return void queryClient.invalidateQueries()
    if (event.type === 'project') refetch(['projects'])
    if (event.type === 'run') applyRunEvent(event)
    if (event.type === 'run' && needsRunsRefetch(event)) refetch(['runs', event.entity, event.project])
  })

  let wasBroken = false
  live.onStatus(() => {
    const { kind } = live.status()
    if (kind === 'reconnecting') wasBroken = true
    if (kind !== 'live' || !wasBroken) return
    wasBroken = false
    void queryClient.invalidateQueries()
    for (const listener of healListeners) listener()
  })

  return {
    onHeal(listener) {
      healListeners.add(listener)
      return () => healListeners.delete(listener)
    },
  }
}
