import type { RunSummary, SeriesX } from '@lossline/protocol'
import { useMemo, useRef } from 'react'
import type { ProjectAddress } from '../api/queries.ts'
import { bucketCount, nextRequestRange } from '../chart/axis-range.ts'
import { type ChartModel, toChartModel } from '../chart/chart-model.ts'
import type { PanelFeed, PanelFeedState } from '../view/panel-feed.ts'
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
  readonly view: ViewState
  /** Width of the plotting area in CSS pixels; 0 while it is not known. */
  readonly plotWidth: number
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

/** Asks for what a panel needs at its size and zoom, and turns it into a drawing. */
export function useChart({ address, panel, runs, view, plotWidth }: UseChartOptions): Chart {
  const theme = useTheme()
  const x = effectiveX(view.x, panel)
  const xId = xIdOf(x)
  const zoomX = view.zoom?.xId === xId ? view.zoom.range : undefined
  const zoomY = view.yZooms.get(panel.panelId)
  const range = useRequestRange(zoomX, xId, view.isLogX)
  // The margins around a zoomed view need buckets too.
  const buckets = bucketCount(plotWidth * devicePixelRatio * (range ? 1.5 : 1), runs.length)
  const { entity, project } = address
  const [feedState, feed] = usePanelFeed(
    plotWidth === 0 || runs.length === 0
      ? undefined
      : {
          request: {
            entity,
            project,
            key: panel.key,
            stream: panel.stream,
            x,
            buckets,
            scale: view.isLogX ? 'log' : 'linear',
            smoothing: view.smoothing,
            ...(range ? { range } : {}),
          },
          runs: runs.map(({ runId, historyRevision }) => ({ runId, historyRevision })),
        },
  )
  const { isLogX, isLogY } = view
  // biome-ignore lint/correctness/useExhaustiveDependencies: xId stands for x, which is a new object in every render.
  const model = useMemo(
    () => toChartModel({ runs, series: feedState.series, x, zoomX, zoomY, isLogX, isLogY, theme }),
    [runs, feedState.series, xId, zoomX, zoomY, isLogX, isLogY, theme],
  )
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
