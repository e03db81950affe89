import type { RunSummary } from '@lossline/protocol'
import {
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { groupLineId } from '../../api/series-loader.ts'
import { summarizeChart } from '../../chart/chart-summary.ts'
import { type ChartLines, useChart } from '../../hooks/chart/use-chart.ts'
import { useLegendToggles } from '../../hooks/chart/use-legend-toggles.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useSame } from '../../hooks/use-same.ts'
import { usePanelActions } from '../../hooks/workspace/use-panel-actions.ts'
import { useTableView } from '../../hooks/workspace/use-table-view.ts'
import { useServices } from '../../services.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import { formatX, xName } from '../../view/chart/x-axis.ts'
import type { RunCap } from '../../view/runs/run-cap.ts'
import type { AppliedSettings } from '../../view/workspace/panel-settings.ts'
import type { PanelInfo } from '../../view/workspace/sections.ts'
import { ChartCursorSlider } from './chart-cursor-slider.tsx'
import { ChartFooter, type OneGroup } from './chart-footer.tsx'
import { ChartHeading } from './chart-heading.tsx'
import { ChartLegend } from './chart-legend.tsx'
import { ChartMessage } from './chart-message.tsx'
import { FeedTrouble } from './feed-trouble.tsx'
import { LineChart } from './line-chart.tsx'
import { NewDataButton } from './new-data-button.tsx'
import { SmoothingState } from './smoothing-state.tsx'
import { StillLoading } from './still-loading.tsx'

const ChartTable = lazy(() => import('./chart-table.tsx').then((module) => ({ default: module.ChartTable })))

/** One panel: where it lies, what it draws. */
export interface ChartPanelProps {
  readonly address: ProjectAddress
  readonly panel: PanelInfo
  readonly runs: readonly RunSummary[]
  /** Default: the metric of the panel, run by run. */
  readonly lines?: ChartLines | undefined
  readonly view: ViewState
  readonly store: ViewStore
  readonly onOnlyRun: (runId: string) => void
  /** Changes settings where they hold: of the panel, its section or the view. Default: of the view. */
  readonly applySettings?: ((settings: AppliedSettings) => void) | undefined
  /** Whether all runs are one line, and how to change it; undefined: nobody can change it here. */
  readonly oneGroup?: OneGroup | undefined
  /** As in `PanelContext`. */
  readonly setRunsShown?: ((runIds: readonly string[], isShown: boolean) => void) | undefined
  /** Names the runs under the chart: where no list beside it does. */
  readonly hasLegend: boolean
  /** The range is the page's own and moves on by itself, so that there is no zoom to take back. */
  readonly hasMovingRange?: boolean
  /** It has the whole screen. Default: it does not. */
  readonly isFullScreen?: boolean | undefined
  /** There are more runs than it draws, and how to draw more. */
  readonly cap?: (RunCap & { readonly show: (choice: number | 'all') => void }) | undefined
  /** More buttons for its heading. */
  readonly menu?: ReactNode
  /** Beside its title. */
  readonly note?: string | undefined
}

/** A metric of the visible runs as a chart or as a table. */
export function ChartPanel(props: ChartPanelProps): ReactElement {
  const { address, panel, runs, lines, view, store, onOnlyRun, hasLegend, hasMovingRange = false, menu, note } = props
  const { isFullScreen = false } = props
  const { applySettings = store.update, cap } = props
  const body = useRef<HTMLDivElement>(null)
  const [noisyCount, setNoisyCount] = useState(0)
  const { width, height } = useElementSize(body)
  const chart = useChart({ address, panel, runs, lines, view, plotWidth: width, isFullScreen })
  const latest = useRef(chart)
  latest.current = chart
  const current = useCallback(() => latest.current, [])
  const { isTable, toggle: toggleTable } = useTableView()
  const actions = usePanelActions({ panel, chart, store, toggleTable })
  const { cursorHub } = useServices()
  // What was pointed at is gone, and no event tells that the pointer has left it.
  useEffect(() => (isTable ? cursorHub.set(undefined) : undefined), [cursorHub, isTable])
  // The heading is drawn anew for nothing but what stands in it.
  const latestProps = useRef(props)
  latestProps.current = props
  const showRuns = useCallback((choice: number | 'all') => latestProps.current.cap?.show(choice), [])
  const setEveryStroke = useCallback((drawsEveryStroke: boolean) => {
    const { applySettings: apply = latestProps.current.store.update } = latestProps.current
    apply({ drawsEveryStroke })
  }, [])
  const { x, model } = chart
  const name = xName(x)
  const titleId = useId()
  const summaryId = useId()
  const format = (value: number): string => formatX(x, value)
  const { title, goal, description } = panel
  const summary = summarizeChart(model.lines, { title, xName: name, goal, description, formatX: format })
  const isZoomed = (chart.zoomX !== undefined && !hasMovingRange) || chart.zoomY !== undefined
  // Where a list beside the charts names the runs, a legend would only say it again, unless lines are more than runs.
  const members = lines?.groups
  const toggles = useLegendToggles(
    useMemo(() => runs.map(({ runId }) => runId), [runs]),
    (lineId) => members?.find(({ name }) => groupLineId(name) === lineId)?.runs.map(({ runId }) => runId),
    props.setRunsShown,
  )
  const needsNames =
    (hasLegend && runs.length > 1) ||
    lines?.groups !== undefined ||
    (lines?.values.length ?? 1) > 1 ||
    (toggles?.hidden.length ?? 0) > 0
  const names = lines?.legendPosition ?? (needsNames ? 'south' : 'none')
  const legend = (direction: 'row' | 'column'): ReactElement => (
    <ChartLegend address={address} direction={direction} lines={model.lines} onOnlyRun={onOnlyRun} toggles={toggles} />
  )
  const sideLegend = <div className="max-w-[40%] overflow-y-auto px-3 text-muted text-xs">{legend('column')}</div>
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups a figure with its controls.
    <div
      aria-describedby={summaryId}
      aria-labelledby={titleId}
      className="group flex h-full min-w-0 flex-col rounded-lg border border-line bg-panel focus-within:border-line-strong"
      onFocus={actions.activate}
      onPointerEnter={actions.activate}
      role="group"
    >
      <ChartHeading
        actions={actions}
        address={address}
        current={current}
        hasContent={model.content !== undefined}
        height={height}
        isTable={isTable}
        isZoomed={isZoomed}
        menu={menu}
        note={note}
        onTable={toggleTable}
        ownX={view.x.kind === 'auto' && x.kind === 'metric' ? name : undefined}
        panel={panel}
        cap={useSame(cap && { drawnCount: cap.drawnCount, total: cap.total })}
        noisyCount={model.content ? noisyCount : 0}
        onEveryStroke={setEveryStroke}
        onShowRuns={showRuns}
        titleId={titleId}
        view={view}
        width={width}
      />
      {names === 'north' && !isTable && <div className="px-3 text-muted text-xs">{legend('row')}</div>}
      <div className="flex min-h-0 flex-1">
        {names === 'west' && !isTable && sideLegend}
        <div className="relative min-h-0 min-w-0 flex-1" ref={body}>
          {model.content && !isTable && width > 0 && (
            <LineChart
              baseline={view.baseline}
              content={model.content}
              formatX={format}
              height={height}
              onAxes={actions}
              onOnlyRun={onOnlyRun}
              onRange={actions.pan}
              onReset={actions.resetZoom}
              onZoom={actions.zoom}
              panelId={panel.panelId}
              onDrawn={setNoisyCount}
              pointSource={{ address, stream: panel.stream, x }}
              pointTemplate={lines?.pointTemplate}
              tooltipOrder={view.tooltipOrder}
              width={width}
              xId={chart.xId}
              xName={name}
            />
          )}
          {model.content && !isTable && (
            <ChartCursorSlider actions={actions} chart={chart} formatX={format} panel={panel} xName={name} />
          )}
          {isTable && (
            <Suspense>
              <ChartTable chart={chart} formatX={format} title={panel.title} xName={name} />
            </Suspense>
          )}
          {!model.content && !isTable && (
            <ChartMessage
              applySettings={applySettings}
              chart={chart}
              panel={panel}
              runCount={runs.length}
              store={store}
            />
          )}
          {chart.smoothingState !== 'exact' && model.content && <SmoothingState state={chart.smoothingState} />}
          {chart.feedState.phase === 'loading' && runs.length > 0 && (
            <StillLoading feed={chart.feed} state={chart.feedState} />
          )}
          {model.content && <FeedTrouble feed={chart.feed} state={chart.feedState} />}
          {!hasMovingRange && <NewDataButton chart={chart} isLogX={view.isLogX} onRange={actions.pan} />}
        </div>
        {names === 'east' && !isTable && sideLegend}
      </div>
      {!isTable && (
        <ChartFooter
          applySettings={applySettings}
          chart={chart}
          oneGroup={props.oneGroup}
          legend={names === 'south' ? legend('row') : undefined}
        />
      )}
      <p className="sr-only" id={summaryId}>
        {summary}
      </p>
    </div>
  )
}
