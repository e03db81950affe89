import type { BestPoint, RunSummary, SeriesX } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { bestPointsQuery } from '../../api/mark-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import type { CachedSeries } from '../../api/series-cache.ts'
import { type Goal, isBeaten } from '../../chart/best-drawn.ts'
import { type LineValue, seriesIdOf } from '../../view/panels/line-queries.ts'
import { runKeyOf } from '../../view/run/run-key.ts'
import { isActive } from '../../view/run/run-state.ts'
import { useSame } from '../use-same.ts'
import { useStableList } from '../use-stable-list.ts'

/** A metric that somebody has said the goal of. */
type AimedMetric = Extract<LineValue, { kind: 'metric' }> & { readonly goal: Goal }

/** Of which runs and metrics. */
export interface UseBestPointsOptions {
  readonly address: ProjectAddress
  /** The runs by the projects that they are asked of. */
  readonly parts: readonly { readonly at: ProjectAddress; readonly runIds: readonly string[] }[]
  readonly runs: readonly RunSummary[]
  readonly values: readonly LineValue[]
  readonly stream: 'history' | 'events'
  readonly x: SeriesX
  readonly isEnabled: boolean
  /** What the chart draws. */
  readonly series: ReadonlyMap<string, CachedSeries>
}

/** Where runs of a project were best in one metric. */
export interface BestPoints {
  readonly title: string
  readonly unit: string
  readonly at: ProjectAddress
  readonly points: readonly (readonly [runId: string, point: BestPoint])[]
}

/** A run that becomes better with every step is asked about as often as this. */
const askIntervalMs = 1000

/** Asks where runs were best, and asks anew once a chart draws something better of one that goes on. */
export function useBestPoints(options: UseBestPointsOptions): readonly BestPoints[] {
  const { address, parts, runs, values, stream, x, isEnabled, series } = options
  const states = runs.map(({ state }) => state).join()
  const asked = values.flatMap((value) =>
    value.kind === 'metric' && value.goal
      ? parts.map(({ at, runIds }) => ({ value: { ...value, goal: value.goal } as AimedMetric, at, runIds }))
      : [],
  )
  const queries = useQueries({
    queries: asked.map(({ value: { key, goal }, at, runIds }) => ({
      ...bestPointsQuery(at, { runIds, key, stream, goal, x }, states),
      enabled: isEnabled,
    })),
  })
  const found = useStableList(queries.map(({ data }) => data))
  // biome-ignore lint/correctness/useExhaustiveDependencies: better points come with other series; answers say what is known.
  useEffect(() => {
    if (!isEnabled) return
    const live = new Set(runs.flatMap(({ runId, state }) => (isActive(state) ? [runId] : [])))
    const beaten = queries.filter(({ data }, index) => {
      const { value, at, runIds } = asked[index]!
      const best = new Map(data)
      return (data ? runIds : []).some((runId) => {
        const key = runKeyOf({ ...at, runId }, address)
        const drawn = live.has(key) ? series.get(seriesIdOf(value, values, key)) : undefined
        return drawn !== undefined && isBeaten(best.get(runId)?.value, drawn.series, value.goal)
      })
    })
    if (beaten.length === 0) return
    const askedAt = Math.max(...beaten.map(({ dataUpdatedAt }) => dataUpdatedAt))
    const timer = setTimeout(
      () => {
        for (const { refetch } of beaten) void refetch({ cancelRefetch: false })
      },
      Math.max(0, askedAt + askIntervalMs - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [isEnabled, series, found])
  const named = useSame(asked.map(({ value: { title, unit = '' }, at }) => ({ title, unit, at })))
  return useMemo(() => named.map((one, index) => ({ ...one, points: found[index] ?? none })), [named, found])
}

const none: readonly never[] = []
