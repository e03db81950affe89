import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronRight } from 'lucide-react'
import { type ReactElement, type ReactNode, useMemo, useRef } from 'react'
import { useElementSize } from '../hooks/use-element-size.ts'
import { formatCount } from '../view/format.ts'
import { type GridRow, toGridRows } from '../view/grid-rows.ts'
import { valuesHeight } from '../view/values-layout.ts'
import { lineKind } from '../view/workspace/automatic-panels.ts'
import type { ShownPanel, ShownSection } from '../view/workspace/show-workspace.ts'
import { PanelBoundary } from './panel-boundary.tsx'
import type { PanelContext } from './panels/panel-props.ts'
import { WorkspacePanel } from './panels/workspace-panel.tsx'
import { ValuesTable } from './values-table.tsx'

const sectionHeight = 40
const narrowBelow = 640

/** What the grid shows. */
export interface PanelGridProps {
  readonly sections: readonly ShownSection[]
  /** What all panels are drawn with. */
  readonly context: PanelContext
  /** Opens or closes a section. Default: the address keeps which ones are not as they are. */
  readonly onToggle?: (section: ShownSection, isOpen: boolean) => void
  /** What can be done with a panel, and with a section; they go into their headings. */
  readonly panelMenu?: (panel: ShownPanel, section: ShownSection) => ReactNode
  readonly sectionMenu?: (section: ShownSection) => ReactNode
  /** What scrolls with the charts, above them and below them. */
  readonly head?: ReactNode
  readonly foot?: ReactNode
}

/** Sections of charts. Only what is on screen, and one screen around it, is there and asks for data. */
export function PanelGrid(props: PanelGridProps): ReactElement {
  const { sections, context, onToggle, panelMenu, sectionMenu, head, foot } = props
  const { runs, view, store, hasLegend, address } = context
  const scroller = useRef<HTMLDivElement>(null)
  const { width, height } = useElementSize(scroller)
  const above = useRef<HTMLDivElement>(null)
  const { height: headHeight } = useElementSize(above)
  // A title of 36 px, a plot of about 210, 24 px for the legend, and 12 px of space.
  const panelHeight = (width < narrowBelow ? 252 : 264) + (hasLegend ? 18 : 0)
  const rows = useMemo(
    () => toGridRows(sections, view.toggledSections, { width, runCount: runs.length }),
    [sections, view.toggledSections, width, runs.length],
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
  const toggle = ({ section, isOpen }: Extract<GridRow, { kind: 'section' }>): void => {
    const { name } = section
    const { toggledSections } = store.get()
    if (onToggle) {
      onToggle(section, !isOpen)
      return
    }
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
                  <SectionHeading
                    isOpen={row.isOpen}
                    menu={sectionMenu?.(row.section)}
                    onToggle={() => toggle(row)}
                    section={row.section}
                  />
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
                      gridTemplateColumns: `repeat(${row.columns}, minmax(0, 1fr))`,
                      gridTemplateRows: 'minmax(0, 1fr)',
                    }}
                  >
                    {row.panels.map((panel) => (
                      <WorkspacePanel
                        context={context}
                        key={panel.id}
                        menu={panelMenu?.(panel, row.section)}
                        panel={panel}
                        section={row.section.settings}
                      />
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
  readonly section: ShownSection
  readonly isOpen: boolean
  readonly menu: ReactNode
  readonly onToggle: () => void
}): ReactElement {
  const { section, isOpen, menu, onToggle } = props
  return (
    <div className="group flex h-full items-center">
      <h2 className="flex min-w-0 items-center">
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
      {menu}
    </div>
  )
}

function contentsOf({ panels, values }: ShownSection): string {
  const areCharts = panels.every(({ kind }) => kind === lineKind)
  const parts = [
    ...(panels.length > 0 || values.length === 0 ? [formatCount(panels.length, areCharts ? 'chart' : 'panel')] : []),
    ...(values.length > 0 ? [formatCount(values.length, 'value')] : []),
  ]
  return parts.join(', ')
}

function heightOf(row: GridRow, panelHeight: number, runCount: number): number {
  if (row.kind === 'section') return sectionHeight
  if (row.kind === 'values') return valuesHeight(row.blocks, runCount)
  // 12 px of space below it.
  return row.section.panelHeight === undefined ? panelHeight : row.section.panelHeight + 12
}

function rowKey(row: GridRow): string {
  if (row.kind === 'values') return `values ${row.section.name}`
  return row.kind === 'section' ? `section ${row.section.name}` : `panels ${row.section.name} ${row.panels[0]?.id}`
}
