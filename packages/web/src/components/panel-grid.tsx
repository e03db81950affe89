import type { RunSummary } from '@lossline/protocol'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronRight } from 'lucide-react'
import { type ReactElement, type ReactNode, useMemo, useRef } from 'react'
import type { ProjectAddress } from '../api/queries.ts'
import { useElementSize } from '../hooks/use-element-size.ts'
import { formatCount } from '../view/format.ts'
import { columnCount, type GridRow, toGridRows } from '../view/grid-rows.ts'
import type { Section } from '../view/sections.ts'
import type { ViewState } from '../view/url-state.ts'
import { valuesHeight } from '../view/values-layout.ts'
import type { ViewStore } from '../view/view-store.ts'
import { ChartPanel } from './chart-panel.tsx'
import { PanelBoundary } from './panel-boundary.tsx'
import { ValuesTable } from './values-table.tsx'

const sectionHeight = 40
const narrowBelow = 640

/** What the grid shows. */
export interface PanelGridProps {
  readonly address: ProjectAddress
  readonly sections: readonly Section[]
  readonly runs: readonly RunSummary[]
  readonly view: ViewState
  readonly store: ViewStore
  readonly onOnlyRun: (runId: string) => void
  readonly hasLegend: boolean
  /** What scrolls with the charts, above them and below them. */
  readonly head?: ReactNode
  readonly foot?: ReactNode
}

/** Sections of charts. Only what is on screen, and one screen around it, is there and asks for data. */
export function PanelGrid({
  address,
  sections,
  runs,
  view,
  store,
  onOnlyRun,
  hasLegend,
  head,
  foot,
}: PanelGridProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null)
  const { width, height } = useElementSize(scroller)
  const above = useRef<HTMLDivElement>(null)
  const { height: headHeight } = useElementSize(above)
  const columns = columnCount(width, sections)
  // A title of 36 px, a plot of about 210, 24 px for the legend, and 12 px of space.
  const panelHeight = (width < narrowBelow ? 252 : 264) + (hasLegend ? 18 : 0)
  const rows = useMemo(
    () => toGridRows(sections, view.toggledSections, { columns, width, runCount: runs.length }),
    [sections, view.toggledSections, columns, width, runs.length],
  )
  const heights = useMemo(
    () => rows.map((row) => heightOf(row, panelHeight, runs.length)),
    [rows, panelHeight, runs.length],
  )
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => heights[i] as number,
    getItemKey: (i) => rowKey(rows[i] as GridRow),
    scrollMargin: headHeight,
    overscan: Math.max(2, Math.ceil(height / panelHeight)),
  })
  const toggle = (name: string): void => {
    const { toggledSections } = store.get()
    store.update({
      toggledSections: toggledSections.includes(name)
        ? toggledSections.filter((other) => other !== name)
        : [...toggledSections, name],
    })
  }
  // Sizes depend on the width; the virtualizer caches them.
  const sizes = useMemo(() => heights.join(), [heights])
  const lastSizes = useRef(sizes)
  if (lastSizes.current !== sizes) {
    lastSizes.current = sizes
    virtualizer.measure()
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-3" ref={scroller}>
      <div ref={above}>{head}</div>
      {width > 0 && (
        <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index] as GridRow
            return (
              <div
                className="absolute inset-x-0 top-0"
                key={item.key}
                style={{ height: item.size, transform: `translateY(${item.start - headHeight}px)` }}
              >
                {row.kind === 'section' ? (
                  <SectionHeading isOpen={row.isOpen} onToggle={() => toggle(row.section.name)} section={row.section} />
                ) : row.kind === 'values' ? (
                  <div className="h-full pb-3">
                    <PanelBoundary>
                      <ValuesTable address={address} blocks={row.blocks} runs={runs} sectionName={row.section.name} />
                    </PanelBoundary>
                  </div>
                ) : (
                  <div
                    className="grid h-full gap-3 pb-3"
                    // Rows as high as they are told: a card that gets a footer shrinks its plot instead of growing.
                    style={{
                      gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
                      gridTemplateRows: 'minmax(0, 1fr)',
                    }}
                  >
                    {row.panels.map((panel) => (
                      <PanelBoundary key={panel.panelId}>
                        <ChartPanel
                          address={address}
                          hasLegend={hasLegend}
                          onOnlyRun={onOnlyRun}
                          panel={panel}
                          runs={runs}
                          store={store}
                          view={view}
                        />
                      </PanelBoundary>
                    ))}
                  </div>
                )}
              </div>
            )
          })}
        </div>
      )}
      {foot}
    </div>
  )
}

function SectionHeading(props: {
  readonly section: Section
  readonly isOpen: boolean
  readonly onToggle: () => void
}): ReactElement {
  const { section, isOpen, onToggle } = props
  return (
    <h2 className="flex h-full items-center">
      <button
        aria-expanded={isOpen}
        className="-ml-1 flex items-center gap-1 rounded-md py-1 pr-2 pl-1 hover:bg-hover"
        onClick={onToggle}
        type="button"
      >
        <ChevronRight aria-hidden="true" className={isOpen ? 'rotate-90' : ''} size={15} />
        <span className="font-semibold">{section.name}</span>
        <span className="ml-1.5 text-muted text-sm">{contentsOf(section)}</span>
      </button>
    </h2>
  )
}

function contentsOf({ panels, values }: Section): string {
  const parts = [
    ...(panels.length > 0 || values.length === 0 ? [formatCount(panels.length, 'chart')] : []),
    ...(values.length > 0 ? [formatCount(values.length, 'value')] : []),
  ]
  return parts.join(', ')
}

function heightOf(row: GridRow, panelHeight: number, runCount: number): number {
  if (row.kind === 'section') return sectionHeight
  return row.kind === 'values' ? valuesHeight(row.blocks, runCount) : panelHeight
}

function rowKey(row: GridRow): string {
  if (row.kind === 'values') return `values ${row.section.name}`
  return row.kind === 'section' ? `section ${row.section.name}` : `panels ${row.section.name} ${row.panels[0]?.panelId}`
}
