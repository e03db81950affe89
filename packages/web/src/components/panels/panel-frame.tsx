import { Table2 } from 'lucide-react'
import { lazy, type ReactElement, type ReactNode, Suspense, useId, useRef } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useOverflow } from '../../hooks/use-overflow.ts'
import { useActivePanel } from '../../hooks/workspace/use-active-panel.ts'
import { useTableView } from '../../hooks/workspace/use-table-view.ts'
import type { PanelTable } from '../../view/panels/panel-table.ts'
import { MetricMarks, MetricTitle, type TitledMetric } from '../metrics/metric-title.tsx'

const PanelTableView = lazy(() =>
  import('./panel-table-view.tsx').then((module) => ({ default: module.PanelTableView })),
)

/** The frame of a panel: its heading with what can be done, and what it shows, drawn or as a table. */
export function PanelFrame(props: {
  readonly title: string
  /** What it shows, in words. */
  readonly summary: string
  /** Beside the title, such as the step that is shown. */
  readonly note?: ReactNode
  /** What the one metric that it shows tells. */
  readonly about?: { readonly address: ProjectAddress; readonly metric: TitledMetric } | undefined
  readonly menu: ReactNode
  /** What it shows as rows; undefined: there is nothing, or it is a table already. */
  readonly table?: PanelTable | undefined
  readonly children: ReactNode
}): ReactElement {
  const { title, table, about } = props
  const titleId = useId()
  const summaryId = useId()
  const { isTable, toggle } = useTableView()
  const activate = useActivePanel({ 'view-as-table': toggle })
  const isShownAsTable = isTable && table !== undefined
  const body = useRef<HTMLDivElement>(null)
  const isScrollable = useOverflow(body)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups a figure with its controls.
    <div
      aria-describedby={summaryId}
      aria-labelledby={titleId}
      className="group flex h-full min-w-0 flex-col rounded-lg border border-line bg-panel focus-within:border-line-strong"
      onFocus={activate}
      onPointerEnter={activate}
      role="group"
    >
      <header className="relative flex h-9 shrink-0 items-center gap-2 pr-1.5 pl-3">
        <h3 className="min-w-0 truncate font-medium" id={titleId} title={about?.metric.description ? undefined : title}>
          {about ? (
            <MetricTitle {...about}>
              <span className="truncate">{title}</span>
            </MetricTitle>
          ) : (
            title
          )}
        </h3>
        {about && <MetricMarks goal={about.metric.goal} unit={about.metric.unit} />}
        {props.note !== undefined && <span className="panel-note truncate text-muted text-sm">{props.note}</span>}
        <div className="panel-actions" data-on={isShownAsTable || undefined}>
          {table && (
            <button
              aria-label="View as table"
              aria-pressed={isShownAsTable}
              className="icon-button"
              onClick={toggle}
              title="View as table (T)"
              type="button"
            >
              <Table2 size={15} />
            </button>
          )}
          {props.menu}
        </div>
      </header>
      {/* What does not fit is reached with the arrow keys too. */}
      <div className="min-h-0 flex-1 overflow-auto" ref={body} tabIndex={isScrollable ? 0 : undefined}>
        {isShownAsTable ? (
          <Suspense>
            <PanelTableView table={table} title={title} />
          </Suspense>
        ) : (
          props.children
        )}
      </div>
      <p className="sr-only" id={summaryId}>
        {props.summary}
      </p>
    </div>
  )
}
