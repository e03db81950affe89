import type { Grouping, RunSummary, SeriesX } from '@lossline/protocol'
import { useMemo, useRef } from 'react'
import type { ProjectAddress } from '../api/queries.ts'
import { bucketCount, nextRequestRange } from '../chart/axis-range.ts'
import { type ChartModel, toChartModel } from '../chart/chart-model.ts'
import type { PanelFeed, PanelFeedState } from '../view/panel-feed.ts'
import { type LineValue, toLineSources, toSeriesQueries } from '../view/panels/line-queries.ts'
import type { RunGroupOfLine } from '../view/panels/run-groups.ts'
import type { PanelInfo } from '../view/sections.ts'
import { type Range, type ViewState, xIdOf } from '../view/url-state.ts'
import { effectiveX } from '../view/x-axis.ts'
import { usePanelFeed } from './use-panel-feed.ts'
import { useTheme } from './use-store.ts'

/** What a panel draws, of which runs, at which width. */
export interface UseChartOptions {
  readonly address: ProjectAddress
  readonly panel: PanelInfo
  readonly runs: readonly RunSummary[]
  readonly lines?: ChartLines | undefined
  readonly view: ViewState
  /** Width of the plotting area in CSS pixels; 0 while it is not known. */
  readonly plotWidth: number
}

/** What a chart draws where that is not one metric, run by run. */
export interface ChartLines {
  readonly values: readonly LineValue[]
  readonly groups: readonly RunGroupOfLine[] | undefined
  /** As in `LineSubjects`. */
  readonly stylesBy?: 'run' | 'value'
  readonly grouping: Grouping
  /** A formula as x axis. */
  readonly xExpression: string | undefined
  readonly yMin: number | undefined
  readonly yMax: number | undefined
}

/** A panel's data and what to draw of it. */
export interface Chart {
  readonly x: SeriesX
  readonly xId: string
  readonly zoomX: Range | undefined
  readonly zoomY: Range | undefined
  readonly model: ChartModel
  readonly feedState: PanelFeedState
  readonly feed: PanelFeed
}

const plainGrouping: Grouping = { statistic: 'mean', band: 'none' }

/** Asks for what a panel needs at its size and zoom, and turns it into a drawing. */
export function useChart({ address, panel, runs, lines, view, plotWidth }: UseChartOptions): Chart {
  const theme = useTheme()
  const formula = lines?.xExpression
  const x: SeriesX = formula === undefined ? effectiveX(view.x, panel) : { kind: 'expression', expression: formula }
  const xId = xIdOf(x)
  const zoomX = view.zoom?.xId === xId ? view.zoom.range : undefined
  const zoomY = view.yZooms.get(panel.panelId)
  const range = useRequestRange(zoomX, xId, view.isLogX)
  // The margins around a zoomed view need buckets too.
  const { key, title } = panel
  const subjects = useMemo(
    () => ({
      values: lines?.values ?? [{ kind: 'metric' as const, key, title }],
      runs,
      groups: lines?.groups,
      stylesBy: lines?.stylesBy,
    }),
    [lines?.values, lines?.groups, lines?.stylesBy, key, title, runs],
  )
  const sources = useMemo(() => toLineSources(subjects, theme), [subjects, theme])
  const buckets = bucketCount(plotWidth * devicePixelRatio * (range ? 1.5 : 1), sources.length)
  const { entity, project } = address
  const [feedState, feed] = usePanelFeed(
    plotWidth === 0 || runs.length === 0
      ? undefined
      : toSeriesQueries(
          subjects,
          {
            entity,
            project,
            stream: panel.stream,
            x,
            buckets,
            scale: view.isLogX ? 'log' : 'linear',
            smoothing: view.smoothing,
            ...(range ? { range } : {}),
          },
          lines?.grouping ?? plainGrouping,
        ),
  )
  const { isLogX, isLogY, ignoresOutliers } = view
  const { yMin, yMax } = lines ?? {}
  // biome-ignore lint/correctness/useExhaustiveDependencies: xId stands for x, which is a new object in every render.
  const model = useMemo(() => {
    const { series } = feedState
    return toChartModel({ sources, series, x, zoomX, zoomY, isLogX, isLogY, ignoresOutliers, yMin, yMax })
  }, [sources, feedState.series, xId, zoomX, zoomY, isLogX, isLogY, ignoresOutliers, yMin, yMax])
  return { x, xId, zoomX, zoomY, model, feedState, feed }
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
