import type { ExpressionJoin, RunSummary, SeriesX, Smoothing } from '@lossline/protocol'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { bucketCount, nextRequestRange } from '../../chart/axis-range.ts'
import { type ChartModel, limitedX, toChartModel, withSharedY } from '../../chart/chart-model.ts'
import { marksOfLines } from '../../chart/plot-marks.ts'
import { type Range, type ViewState, xIdOf } from '../../view/address/url-state.ts'
import type { LegendPart } from '../../view/chart/legend-template.ts'
import type { PanelFeed, PanelFeedState } from '../../view/chart/panel-feed.ts'
import type { YShare } from '../../view/chart/shared-ranges.ts'
import { effectiveX } from '../../view/chart/x-axis.ts'
import { xZoomOf } from '../../view/chart/zooms.ts'
import type { AxisLimits } from '../../view/panels/axis-limits.ts'
import { askedGrouping, type LineGrouping } from '../../view/panels/grouping.ts'
import type { LegendPosition } from '../../view/panels/legend.ts'
import type { LineForm } from '../../view/panels/line-form.ts'
import { type LineValue, toLineSources, toSeriesQueries } from '../../view/panels/line-queries.ts'
import type { RunGroupOfLine } from '../../view/panels/run-groups.ts'
import { timeZone } from '../../view/text/time-zone.ts'
import type { PanelInfo } from '../../view/workspace/sections.ts'
import { useTheme, useValue } from '../use-store.ts'
import { type ChartNotes, useChartNotes } from './use-chart-notes.ts'
import { usePanelFeed } from './use-panel-feed.ts'
import { useSharedRange } from './use-shared-range.ts'
import { type SmoothedSeries, useAskedSmoothing, useSmoothingPreview } from './use-smoothing-preview.ts'
import { useSmoothingRange } from './use-smoothing-range.ts'

/** What a panel draws, of which runs, at which width. */
export interface UseChartOptions {
  readonly address: ProjectAddress
  readonly panel: PanelInfo
  readonly runs: readonly RunSummary[]
  readonly lines?: ChartLines | undefined
  readonly view: ViewState
  /** Width of the plotting area in CSS pixels; 0 while it is not known. */
  readonly plotWidth: number
  /** It has the whole screen, and more buckets. Default: it does not. */
  readonly isFullScreen?: boolean
}

/** What a chart draws where that is not one metric, run by run. */
export interface ChartLines {
  readonly values: readonly LineValue[]
  readonly groups: readonly RunGroupOfLine[] | undefined
  /** As in `LineSubjects`. */
  readonly singles?: readonly RunSummary[] | undefined
  /** As in `LineSubjects`. */
  readonly stylesBy?: 'run' | 'value'
  readonly grouping: LineGrouping
  /** How metrics of a formula meet. Default: where they were logged together. */
  readonly join?: ExpressionJoin | undefined
  readonly limits: AxisLimits
  /** Default: as lines. */
  readonly form?: LineForm | undefined
  /** As in `LineSubjects`. */
  readonly labels?: ReadonlyMap<string, string> | undefined
  /** What a tooltip says of a point beside its run. */
  readonly pointTemplate?: readonly LegendPart[] | undefined
  /** Where the names of the lines stand. Default: below, where nothing else names them. */
  readonly legendPosition?: LegendPosition | undefined
  /** The range of y that it has in common with other charts. Default: its own. */
  readonly yShare?: YShare | undefined
}

/** A panel's data and what to draw of it. */
export interface Chart {
  readonly x: SeriesX
  readonly xId: string
  readonly zoomX: Range | undefined
  readonly zoomY: Range | undefined
  readonly grouping: LineGrouping
  readonly smoothing: Smoothing
  /** Whether that is how it is drawn already. */
  readonly smoothingState: SmoothedSeries['state']
  /** What is drawn, of which runs: with the axis all that it takes to ask for every point. */
  readonly values: readonly LineValue[]
  readonly runIds: readonly string[]
  readonly join: ExpressionJoin
  /** Its y range is one that other charts have too. */
  readonly sharesYRange: boolean
  readonly model: ChartModel
  /** What is marked at its lines, in view or not. */
  readonly notes: ChartNotes
  readonly feedState: PanelFeedState
  readonly feed: PanelFeed
}

const noRuns: readonly never[] = []
const noLimits: AxisLimits = {}
const plainGrouping: LineGrouping = { statistic: 'mean', band: 'none' }

/** Asks for what a panel needs at its size and zoom, and turns it into a drawing. */
export function useChart({
  address,
  panel,
  runs,
  lines,
  view,
  plotWidth,
  isFullScreen = false,
}: UseChartOptions): Chart {
  const theme = useTheme()
  const x = effectiveX(view.x, panel)
  const xId = xIdOf(x)
  const zoomX = xZoomOf(view, panel.panelId, xId)
  const zoomY = view.yZooms.get(panel.panelId)
  const [extent, setExtent] = useState<Range>()
  const limits = lines?.limits ?? noLimits
  const isLimited = limits.xMin !== undefined || limits.xMax !== undefined
  const range = useRequestRange(
    zoomX ?? (isLimited ? limitedX(extent, limits, view.isLogX) : undefined),
    xId,
    view.isLogX,
  )
  // The margins around a zoomed view need buckets too.
  const { key, title, goal, unit } = panel
  const subjects = useMemo(
    () => ({
      values: lines?.values ?? [{ kind: 'metric' as const, key, title, goal, unit }],
      runs,
      groups: lines?.groups,
      singles: lines?.singles,
      hasMembers: lines?.grouping.band === 'members',
      stylesBy: lines?.stylesBy,
      labels: lines?.labels,
    }),
    [
      lines?.values,
      lines?.groups,
      lines?.singles,
      lines?.grouping.band,
      lines?.stylesBy,
      lines?.labels,
      key,
      title,
      goal,
      unit,
      runs,
    ],
  )
  const sources = useMemo(() => toLineSources(subjects, theme), [subjects, theme])
  const buckets = bucketCount(plotWidth * devicePixelRatio * (range ? 1.5 : 1), sources.length, isFullScreen)
  const { entity, project } = address
  const grouping = lines?.grouping ?? plainGrouping
  const { stream } = panel
  const { smoothing } = view
  const askedSmoothing = useAskedSmoothing(smoothing)
  const scale = view.isLogX ? 'log' : 'linear'
  const join = lines?.join ?? 'equal-step'
  // Steps and times never go back, and areas stand on x.
  const isTurnable = x.kind === 'metric' || x.kind === 'expression'
  const isLogged = view.joinsAsLogged && isTurnable && (lines?.form ?? 'line') === 'line'
  const isAsked = plotWidth > 0 && runs.length > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: xId stands for x, which is a new object in every render.
  const queries = useMemo(() => {
    if (!isAsked) return undefined
    const chosen = { ...(range ? { range } : {}), ...(join === 'equal-step' ? {} : { join }) }
    const ordered = isLogged ? { order: 'logged' as const } : {}
    const known = { entity, project, stream, x, buckets, scale } as const
    const request = { ...known, smoothing: askedSmoothing, ...chosen, ...ordered }
    return toSeriesQueries(subjects, request, askedGrouping(grouping))
  }, [isAsked, subjects, entity, project, stream, xId, join, buckets, scale, askedSmoothing, isLogged, range, grouping])
  const [feedState, feed] = usePanelFeed(queries)
  const smoothed = useSmoothingPreview(feedState.series, smoothing, useSmoothingRange(address, x, runs))
  const notes = useChartNotes({
    address,
    // What happened in one of a group's runs says little of its line.
    runs: lines?.groups ? noRuns : runs,
    values: subjects.values,
    stream: panel.stream,
    x,
    showsMarks: view.showsMarks,
    showsBest: view.showsBest,
    series: feedState.series,
  })
  const { isLogX, yScale, ignoresOutliers, breaksGaps, showsOriginal, drawsEveryStroke, pins } = view
  const zone = useValue(timeZone)
  const form = lines?.form ?? 'line'
  // biome-ignore lint/correctness/useExhaustiveDependencies: xId stands for x, which is a new object in every render.
  const ownModel = useMemo(() => {
    return toChartModel({
      sources,
      series: smoothed.series,
      x,
      zoomX,
      zoomY,
      isLogX,
      yScale,
      ignoresOutliers,
      breaksGaps,
      showsOriginal,
      drawsEveryStroke,
      timeZone: zone,
      pins,
      form,
      notes,
      limits,
    })
  }, [
    sources,
    smoothed.series,
    xId,
    zoomX,
    zoomY,
    isLogX,
    yScale,
    ignoresOutliers,
    breaksGaps,
    showsOriginal,
    drawsEveryStroke,
    zone,
    pins,
    form,
    notes,
    limits,
  ])
  const isSettled = runs.length === 0 || feedState.phase !== 'loading'
  const sharedY = useSharedRange(lines?.yShare, ownModel.ownY, isSettled)
  const model = useMemo(() => withSharedY(ownModel, zoomY ? undefined : sharedY), [ownModel, zoomY, sharedY])
  const { lines: modelLines } = model
  const shownNotes = useMemo(() => ({ ...notes, marks: marksOfLines(notes.marks, modelLines) }), [notes, modelLines])
  // How far x goes is known from the first answer on, zoomed or not; a range with one set end needs the other.
  const [from, to] = model.fullX ?? []
  useEffect(() => {
    if (isLimited && from !== undefined && to !== undefined) setExtent([from, to])
  }, [isLimited, from, to])
  return {
    x,
    xId,
    zoomX,
    zoomY,
    grouping,
    smoothing,
    smoothingState: smoothed.state,
    values: subjects.values,
    runIds: runs.map(({ runId }) => runId),
    join,
    sharesYRange: lines?.yShare !== undefined && !zoomY,
    model,
    notes: shownNotes,
    feedState,
    feed,
  }
}

/** Keeps the range asked for while a zoomed view stays inside it. */
function useRequestRange(zoom: Range | undefined, xId: string, isLogX: boolean): Range | undefined {
  const last = useRef<{ readonly axis: string; readonly range: Range }>(undefined)
  const axis = `${xId} ${isLogX}`
  if (!zoom) {
    last.current = undefined
    return undefined
  }
  const previous = last.current?.axis === axis ? last.current.range : undefined
  const range = nextRequestRange(previous, zoom, isLogX)
  last.current = { axis, range }
  return range
}
