import type { RunSummary, SeriesX } from '@lossline/protocol'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { bestPointsQuery, runMarksQuery } from '../../api/mark-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import type { PlotMark, PlotPin } from '../../chart/plot-marks.ts'
import { useServices } from '../../services.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import type { LineValue } from '../../view/panels/line-queries.ts'
import { inheritedEnds, type RunLooks, toPlotMarks, toPlotPins } from '../../view/run/run-marks.ts'
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
  const runIds = runs.map(({ runId }) => runId)
  const states = runs.map(({ state }) => state).join()
  const isFew = runs.length > 0 && runs.length <= notedRunCountMax
  // A formula has no place for what happened beside it.
  const hasPlace = isFew && x.kind !== 'expression'
  const shared = {
    refetchInterval: () =>
      runs.some(({ state }) => isActive(state)) && live.status().kind !== 'paused' ? liveIntervalMs : false,
  } as const
  const happened = useQuery({
    ...runMarksQuery(address, { runIds, x }, states),
    ...shared,
    enabled: hasPlace,
  })
  const aimed = values.flatMap((value) =>
    value.kind === 'metric' && value.goal ? [{ ...value, goal: value.goal }] : [],
  )
  const best = useQueries({
    queries: aimed.map(({ key, goal }) => ({
      ...bestPointsQuery(address, { runIds, key, stream, goal, x }, states),
      ...shared,
      enabled: hasPlace && showsBest,
    })),
  })
  const bestData = useStableList(best.map(({ data }) => data))
  const looks = useMemo(
    (): RunLooks =>
      new Map(runs.map((run) => [run.runId, { label: run.displayName, color: styleOfRun(run, theme).color }])),
    [runs, theme],
  )
  // Whoever draws them sees no change where there are none.
  const marks = useStableList(
    useMemo(
      () => (hasPlace && showsMarks && happened.data ? toPlotMarks(happened.data, looks) : none),
      [hasPlace, showsMarks, happened.data, looks],
    ),
  )
  const inherited = useMemo(() => {
    const ends = inheritedEnds((hasPlace && happened.data) || none)
    return ends.size === 0 ? nothingInherited : ends
  }, [hasPlace, happened.data])
  const named = useSame(aimed.map(({ title, unit = '' }) => ({ title, unit })))
  const pins = useStableList(
    useMemo(() => {
      if (!hasPlace || !showsBest) return none
      return bestData.flatMap((found = [], i) => toPlotPins(found, looks, named[i] ?? { title: '' }))
    }, [hasPlace, showsBest, bestData, looks, named]),
  )
  return useMemo(() => ({ marks, pins, inherited }), [marks, pins, inherited])
}

const none: readonly never[] = []
const nothingInherited: ReadonlyMap<string, number> = new Map()
