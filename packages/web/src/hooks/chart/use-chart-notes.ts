import type { RunSummary, SeriesX } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { bestPointsQuery, runMarksQuery } from '../../api/mark-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
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
}

/** Asks what happened in the runs of a chart, and where they were best. */
export function useChartNotes(options: UseChartNotesOptions): ChartNotes {
  const { address, runs, values, stream, x, showsMarks, showsBest } = options
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
  const shared = {
    refetchInterval: () =>
      runs.some(({ state }) => isActive(state)) && live.status().kind !== 'paused' ? liveIntervalMs : false,
  } as const
  const happened = useQueries({
    queries: parts.map(({ at, runIds }) => ({
      ...runMarksQuery(at, { runIds, x }, states),
      ...shared,
      enabled: hasPlace,
    })),
  })
  const aimed = values.flatMap((value) =>
    value.kind === 'metric' && value.goal ? [{ ...value, goal: value.goal }] : [],
  )
  const best = useQueries({
    queries: aimed.flatMap(({ key, goal }) =>
      parts.map(({ at, runIds }) => ({
        ...bestPointsQuery(at, { runIds, key, stream, goal, x }, states),
        ...shared,
        enabled: hasPlace && showsBest,
      })),
    ),
  })
  const places = useSame(parts.map(({ at }) => at))
  const happenedData = useStableList(happened.map(({ data }) => data))
  const bestData = useStableList(best.map(({ data }) => data))
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
  const named = useSame(aimed.map(({ title, unit = '' }) => ({ title, unit })))
  const pins = useStableList(
    useMemo(() => {
      if (!hasPlace || !showsBest) return none
      return bestData.flatMap((found = [], i) => {
        const at = places[i % places.length]!
        const points = found.map(([runId, point]) => [runKeyOf({ ...at, runId }, address), point] as const)
        return toPlotPins(points, looks, named[Math.floor(i / places.length)] ?? { title: '' })
      })
    }, [hasPlace, showsBest, bestData, looks, named, places, address]),
  )
  return useMemo(() => ({ marks, pins, inherited }), [marks, pins, inherited])
}

const none: readonly never[] = []
const nothingInherited: ReadonlyMap<string, number> = new Map()
