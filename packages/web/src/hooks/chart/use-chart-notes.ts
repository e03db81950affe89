import type { RunSummary, SeriesX } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { runMarksQuery } from '../../api/mark-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import type { CachedSeries } from '../../api/series-cache.ts'
import type { PlotMark, PlotPin } from '../../chart/plot-marks.ts'
import { useServices } from '../../services.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import type { LineValue } from '../../view/panels/line-queries.ts'
import { keysByProject, runKeyOf } from '../../view/run/run-key.ts'
import { inheritedEnds, type RunLooks, toPlotMarks, toPlotPins, withKeyedMarks } from '../../view/run/run-marks.ts'
import { isActive } from '../../view/run/run-state.ts'
import { useSame } from '../use-same.ts'
import { useStableList } from '../use-stable-list.ts'
import { useTheme } from '../use-store.ts'
import { useBestPoints } from './use-best-points.ts'

/** What is marked at a chart's lines. */
export interface ChartNotes {
  readonly marks: readonly PlotMark[]
  readonly pins: readonly PlotPin[]
  /** Up to which x forked runs have the points of the run that they were forked from, by run ids. */
  readonly inherited: ReadonlyMap<string, number>
}

/** Moments and best points of more runs would cover each other. */
export const notedRunCountMax = 50
/** How often runs that go on are asked anew; how they end is told at once. */
const liveIntervalMs = 10_000

/** Which notes a chart has. */
export interface UseChartNotesOptions {
  readonly address: ProjectAddress
  readonly runs: readonly RunSummary[]
  readonly values: readonly LineValue[]
  readonly stream: 'history' | 'events'
  readonly x: SeriesX
  readonly showsMarks: boolean
  readonly showsBest: boolean
  /** What the chart draws. */
  readonly series: ReadonlyMap<string, CachedSeries>
}

/** Asks what happened in the runs of a chart, and where they were best. */
export function useChartNotes(options: UseChartNotesOptions): ChartNotes {
  const { address, runs, x, showsMarks, showsBest } = options
  const theme = useTheme()
  const { live } = useServices()
  const parts = keysByProject(
    runs.map(({ runId }) => runId),
    address,
  )
  const states = runs.map(({ state }) => state).join()
  const isFew = runs.length > 0 && runs.length <= notedRunCountMax
  // A formula has no place for what happened beside it.
  const hasPlace = isFew && x.kind !== 'expression'
  const happened = useQueries({
    queries: parts.map(({ at, runIds }) => ({
      ...runMarksQuery(at, { runIds, x }, states),
      refetchInterval: () =>
        runs.some(({ state }) => isActive(state)) && live.status().kind !== 'paused' ? liveIntervalMs : false,
      enabled: hasPlace,
    })),
  })
  const best = useBestPoints({ ...options, parts, isEnabled: hasPlace && showsBest })
  const places = useSame(parts.map(({ at }) => at))
  const happenedData = useStableList(happened.map(({ data }) => data))
  const moments = useMemo(
    () =>
      places.flatMap((at, index) =>
        (happenedData[index] ?? none).map((one) => withKeyedMarks(one, (runId) => runKeyOf({ ...at, runId }, address))),
      ),
    [places, happenedData, address],
  )
  const looks = useMemo(
    (): RunLooks =>
      new Map(runs.map((run) => [run.runId, { label: run.displayName, color: styleOfRun(run, theme).color }])),
    [runs, theme],
  )
  // Whoever draws them sees no change where there are none.
  const marks = useStableList(
    useMemo(
      () => (hasPlace && showsMarks ? toPlotMarks(moments, looks) : none),
      [hasPlace, showsMarks, moments, looks],
    ),
  )
  const inherited = useMemo(() => {
    const ends = inheritedEnds(hasPlace ? moments : none)
    return ends.size === 0 ? nothingInherited : ends
  }, [hasPlace, moments])
  const pins = useStableList(
    useMemo(() => {
      if (!hasPlace || !showsBest) return none
      return best.flatMap(({ at, points, ...of }) =>
        toPlotPins(
          points.map(([runId, point]) => [runKeyOf({ ...at, runId }, address), point] as const),
          looks,
          of,
        ),
      )
    }, [hasPlace, showsBest, best, looks, address]),
  )
  return useMemo(() => ({ marks, pins, inherited }), [marks, pins, inherited])
}

const none: readonly never[] = []
const nothingInherited: ReadonlyMap<string, number> = new Map()
