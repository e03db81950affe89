import type { RunSummary } from '@lossline/protocol'
import { ChevronLeft, RotateCcw, Table2 } from 'lucide-react'
import { lazy, type ReactElement, type ReactNode, Suspense, useId, useRef, useState } from 'react'
import type { ProjectAddress } from '../api/queries.ts'
import { summarizeChart } from '../chart/chart-summary.ts'
import { toCsv, toTableRows } from '../chart/chart-table.ts'
import { type Chart, type ChartLines, useChart } from '../hooks/use-chart.ts'
import { useElementSize } from '../hooks/use-element-size.ts'
import { usePanelActions } from '../hooks/use-panel-actions.ts'
import { formatCount } from '../view/format.ts'
import type { PanelInfo } from '../view/sections.ts'
import type { ViewState } from '../view/url-state.ts'
import type { ViewStore } from '../view/view-store.ts'
import { formatX, xName } from '../view/x-axis.ts'
import { ChartCursorSlider } from './chart-cursor-slider.tsx'
import type { ChartExportMenu } from './chart-export-menu.tsx'
import { ChartLegend } from './chart-legend.tsx'
import { ChartMessage } from './chart-message.tsx'
import { ChartTable } from './chart-table.tsx'
import { LineChart } from './line-chart.tsx'

const NoMenu: typeof ChartExportMenu = () => <></>
/** Where the server is away before it has sent the menu, the chart stays and only the menu is missing. */
const ExportMenu = lazy(async () => {
  const menu = await import('./chart-export-menu.tsx').catch(() => undefined)
  return { default: menu?.ChartExportMenu ?? NoMenu }
})

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
  /** Names the runs under the chart: where no list beside it does. */
  readonly hasLegend: boolean
  /** The range is the page's own and moves on by itself, so that there is no zoom to take back. */
  readonly hasMovingRange?: boolean
  /** More buttons for its heading. */
  readonly menu?: ReactNode
  /** Beside its title. */
  readonly note?: string | undefined
}

/** A metric of the visible runs as a chart or as a table. */
export function ChartPanel(props: ChartPanelProps): ReactElement {
  const { address, panel, runs, lines, view, store, onOnlyRun, hasLegend, hasMovingRange = false, menu, note } = props
  const body = useRef<HTMLDivElement>(null)
  const { width, height } = useElementSize(body)
  const chart = useChart({ address, panel, runs, lines, view, plotWidth: width })
  const [isTable, setIsTable] = useState(false)
  const actions = usePanelActions({ panel, chart, store, toggleTable: () => setIsTable((old) => !old) })
  const { x, model } = chart
  const name = xName(x)
  const titleId = useId()
  const summaryId = useId()
  const format = (value: number): string => formatX(x, value)
  const summary = summarizeChart(model.lines, { title: panel.title, xName: name, goal: panel.goal, formatX: format })
  const isZoomed = (chart.zoomX !== undefined && !hasMovingRange) || chart.zoomY !== undefined
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
      <header className="flex h-9 shrink-0 items-center gap-1 pr-1.5 pl-3">
        {/* The parts of the title lie beside each other, which would be a space between them where it is read out. */}
        <h3 aria-label={panel.title} className="flex min-w-0 font-medium" id={titleId} title={panel.title}>
          <PanelTitle title={panel.title} />
        </h3>
        {view.x.kind === 'auto' && x.kind === 'metric' && <span className="shrink-0 text-muted">by {name}</span>}
        {note !== undefined && <span className="shrink-0 text-muted text-sm">{note}</span>}
        <div
          className="ml-auto flex shrink-0 items-center opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100 data-on:opacity-100"
          data-on={isZoomed || isTable || undefined}
        >
          {isZoomed && (
            <>
              <PanelButton label="Previous zoom" onClick={actions.undoZoom}>
                <ChevronLeft size={15} />
              </PanelButton>
              <PanelButton label="Reset zoom" onClick={actions.resetZoom}>
                <RotateCcw size={14} />
              </PanelButton>
            </>
          )}
          <PanelButton isPressed={isTable} label="View as table" onClick={() => setIsTable(!isTable)}>
            <Table2 size={15} />
          </PanelButton>
          {model.content && (
            <Suspense>
              <ExportMenu
                csv={() => toCsv(toTableRows(model.lines, chart.zoomX), name, panel.title)}
                picture={() =>
                  model.content && { title: panel.title, xName: name, content: model.content, width, height }
                }
                title={panel.title}
              />
            </Suspense>
          )}
          {menu}
        </div>
      </header>
      <div className="relative min-h-0 flex-1" ref={body}>
        {model.content && !isTable && width > 0 && (
          <LineChart
            content={model.content}
            formatX={format}
            height={height}
            onOnlyRun={onOnlyRun}
            onPan={actions.pan}
            onReset={actions.resetZoom}
            onZoom={actions.zoom}
            panelId={panel.panelId}
            width={width}
            xId={chart.xId}
            xName={name}
          />
        )}
        {model.content && !isTable && (
          <ChartCursorSlider actions={actions} chart={chart} formatX={format} panel={panel} xName={name} />
        )}
        {isTable && <ChartTable chart={chart} formatX={format} title={panel.title} xName={name} />}
        {!model.content && !isTable && (
          <ChartMessage chart={chart} panel={panel} runCount={runs.length} store={store} />
        )}
        {model.content && chart.feedState.phase === 'failed' && (
          <p className="absolute top-1 right-2 rounded bg-bad-surface px-2 py-0.5 text-bad text-sm" role="status">
            Could not refresh.{' '}
            <button className="underline" onClick={() => chart.feed.retry()} type="button">
              Retry
            </button>
          </p>
        )}
      </div>
      {!isTable && (
        <ChartFooter
          address={address}
          chart={chart}
          hasLegend={(hasLegend && runs.length > 1) || lines?.groups !== undefined || (lines?.values.length ?? 1) > 1}
          onOnlyRun={onOnlyRun}
        />
      )}
      <p className="sr-only" id={summaryId}>
        {summary}
      </p>
    </div>
  )
}

/** Titles of a section begin alike, so where there is no room for all, the beginning goes. */
function PanelTitle({ title }: { readonly title: string }): ReactElement {
  const start = title.lastIndexOf('/', title.length - 2) + 1
  return (
    <>
      {start > 0 && <span className="min-w-4 truncate text-muted">{title.slice(0, start)}</span>}
      <span className="max-w-full shrink-0 truncate">{title.slice(start)}</span>
    </>
  )
}

function ChartFooter(props: {
  readonly address: ProjectAddress
  readonly chart: Chart
  readonly hasLegend: boolean
  readonly onOnlyRun: (runId: string) => void
}): ReactElement | null {
  const { model } = props.chart
  const notes = [
    model.clippedCount > 0 && `${formatCount(model.clippedCount, 'place')} outside the axis`,
    model.hiddenYCount > 0 && `${formatCount(model.hiddenYCount, 'value')} ≤ 0 not shown`,
    model.hiddenXCount > 0 && `${formatCount(model.hiddenXCount, 'point')} with x ≤ 0 not shown`,
    model.nonFiniteCount > 0 && `${formatCount(model.nonFiniteCount, 'value')} not finite`,
  ].filter((note) => note !== false)
  if (notes.length === 0 && !props.hasLegend) return <div className="h-1.5 shrink-0" />
  return (
    <footer className="flex h-6 shrink-0 items-center gap-3 overflow-hidden px-3 pb-1 text-muted text-xs">
      {notes.length > 0 && <span className="shrink-0 text-waiting">{notes.join(' · ')}</span>}
      {props.hasLegend && <ChartLegend address={props.address} lines={model.lines} onOnlyRun={props.onOnlyRun} />}
    </footer>
  )
}

function PanelButton(props: {
  readonly label: string
  readonly isPressed?: boolean
  readonly onClick: () => void
  readonly children: ReactElement
}): ReactElement {
  return (
    <button
      aria-label={props.label}
      aria-pressed={props.isPressed}
      className="icon-button"
      onClick={props.onClick}
      title={props.label}
      type="button"
    >
      {props.children}
    </button>
  )
}
