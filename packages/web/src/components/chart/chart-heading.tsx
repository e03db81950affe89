import { ChevronLeft, RotateCcw, Table2 } from 'lucide-react'
import { lazy, memo, type ReactElement, type ReactNode, Suspense } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { DrawingFacts } from '../../chart/drawing-account.ts'
import type { Chart } from '../../hooks/chart/use-chart.ts'
import type { PanelActions } from '../../hooks/workspace/use-panel-actions.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import { formatXLength, xName } from '../../view/chart/x-axis.ts'
import type { RunCap } from '../../view/runs/run-cap.ts'
import type { PanelInfo } from '../../view/workspace/sections.ts'
import { IconButton } from '../controls/icon-button.tsx'
import { MetricMarks, MetricTitle } from '../metrics/metric-title.tsx'
import type { ChartExport } from './chart-export.tsx'
import { DrawingInfo } from './drawing-info.tsx'
import { DrawnRunsChip } from './drawn-runs-chip.tsx'
import { NoiseNote } from './noise-note.tsx'

const NoMenu: typeof ChartExport = () => <></>
/** Where the server is away before it has sent the menu, the chart stays and only the menu is missing. */
const ExportMenu = lazy(async () => {
  const menu = await import('./chart-export.tsx').catch(() => undefined)
  return { default: menu?.ChartExport ?? NoMenu }
})

/**
 * What a chart is called, and what can be done with it. Gets no data, so that new ones do not draw it anew: what needs them asks
 * for them when somebody wants it.
 */
export const ChartHeading = memo(function ChartHeading(props: {
  readonly address: ProjectAddress
  readonly panel: PanelInfo
  /** What the chart is now; the same function in every render. */
  readonly current: () => Chart
  /** Something is drawn. */
  readonly hasContent: boolean
  /** The x axis, where the metric brought its own. */
  readonly ownX: string | undefined
  readonly view: ViewState
  readonly actions: PanelActions
  readonly titleId: string
  /** Of the plot, CSS pixels: that of a picture is as large, or larger. */
  readonly width: number
  readonly height: number
  /** Lines that shake so much that they would cover the others. */
  readonly noisyCount: number
  /** The same function in every render. */
  readonly onEveryStroke: (drawsEveryStroke: boolean) => void
  /** Runs that are drawn, of how many; undefined: of as many. */
  readonly cap: RunCap | undefined
  /** The same function in every render. */
  readonly onShowRuns: (choice: number | 'all') => void
  readonly isZoomed: boolean
  readonly isTable: boolean
  readonly onTable: () => void
  readonly menu: ReactNode
  readonly note: string | undefined
}): ReactElement {
  const { address, panel, current, view, actions, titleId, width, height, isZoomed, isTable, onTable, menu, note } =
    props
  const { noisyCount, cap } = props
  const facts = (): DrawingFacts => {
    const { x, model, grouping, sharesYRange } = current()
    return {
      lines: model.lines,
      smoothing: view.smoothing,
      xName: xName(x),
      formatLength: (length) => formatXLength(x, length),
      grouping,
      marks: model.content?.marks ?? [],
      ignoresOutliers: view.ignoresOutliers,
      sharesYRange,
      noisyCount: view.drawsEveryStroke ? 0 : noisyCount,
    }
  }
  return (
    <header className="relative flex h-9 shrink-0 items-center gap-1 pr-1.5 pl-3">
      {/* The parts of the title lie beside each other, which would be a space between them where it is read out. */}
      <h3
        aria-label={panel.title}
        className="flex min-w-0 font-medium"
        id={titleId}
        title={panel.description === '' ? panel.title : undefined}
      >
        <MetricTitle address={address} metric={panel}>
          <PanelTitle title={panel.title} />
        </MetricTitle>
      </h3>
      <MetricMarks goal={panel.goal} unit={panel.unit} />
      {props.ownX !== undefined && <span className="panel-note truncate text-muted">by {props.ownX}</span>}
      {cap && <DrawnRunsChip cap={cap} onShow={props.onShowRuns} />}
      <NoiseNote drawsEveryStroke={view.drawsEveryStroke} noisyCount={noisyCount} onChange={props.onEveryStroke} />
      {note !== undefined && <span className="panel-note truncate text-muted text-sm">{note}</span>}
      <div className="panel-actions" data-on={isZoomed || isTable || undefined}>
        {isZoomed && (
          <>
            <IconButton label="Previous zoom" onClick={actions.undoZoom}>
              <ChevronLeft size={15} />
            </IconButton>
            <IconButton label="Reset zoom" onClick={actions.resetZoom}>
              <RotateCcw size={14} />
            </IconButton>
          </>
        )}
        <IconButton isPressed={isTable} label="View as table" onClick={onTable}>
          <Table2 size={15} />
        </IconButton>
        {props.hasContent && <DrawingInfo facts={facts} />}
        {props.hasContent && (
          <Suspense>
            <ExportMenu address={address} current={current} height={height} panel={panel} width={width} />
          </Suspense>
        )}
        {menu}
      </div>
    </header>
  )
})

/** Titles of a section begin alike, so where there is no room for all, the beginning goes. Patterns and formulas have no such beginning. */
function PanelTitle({ title }: { readonly title: string }): ReactElement {
  const start = /^\/|\$\{/.test(title) ? 0 : title.lastIndexOf('/', title.length - 2) + 1
  return (
    <>
      {start > 0 && <span className="min-w-4 truncate text-muted">{title.slice(0, start)}</span>}
      <span className="max-w-full shrink-0 truncate">{title.slice(start)}</span>
    </>
  )
}
