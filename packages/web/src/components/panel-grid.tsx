import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactElement, type ReactNode, useLayoutEffect, useMemo, useRef } from 'react'
import { useElementSize } from '../hooks/use-element-size.ts'
import { type GridRow, toGridRows } from '../view/grid-rows.ts'
import { valuesHeight } from '../view/values-layout.ts'
import type { ShownPanel, ShownSection } from '../view/workspace/show-workspace.ts'
import { PanelBoundary } from './panel-boundary.tsx'
import type { PanelContext } from './panels/panel-props.ts'
import { WorkspacePanel } from './panels/workspace-panel.tsx'
import { SectionHeading } from './section-heading.tsx'
import { ValuesTable } from './values-table.tsx'
import { DropTarget } from './workspace/drag.tsx'

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
  /** A panel was dropped on another one, or a section on another one. */
  readonly onDropPanel?: (panelId: string, section: ShownSection, before: ShownPanel | undefined) => void
  readonly onDropSection?: (name: string, before: ShownSection) => void
  /** A panel is pointed at or has the focus. */
  readonly onActivatePanel?: (panelId: string) => void
  /** What scrolls with the charts, above them and below them. */
  readonly head?: ReactNode
  readonly foot?: ReactNode
}

/** Sections of panels. Only what is on screen, and one screen around it, is there and asks for data. */
export function PanelGrid(props: PanelGridProps): ReactElement {
  const { sections, context, onToggle, panelMenu, sectionMenu, onDropPanel, onDropSection, head, foot } = props
  const { onActivatePanel } = props
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
  const jump = (section: ShownSection, panelIndex: number): void => {
    const panel = section.panels[panelIndex]
    const row = rows.findIndex((one) => one.kind === 'panels' && one.section === section && one.panels.includes(panel!))
    if (row >= 0) virtualizer.scrollToIndex(row, { align: 'start' })
  }
  // Sizes depend on the width; the virtualizer caches them.
  const sizes = useMemo(() => heights.join(), [heights])
  const lastSizes = useRef(sizes)
  if (lastSizes.current !== sizes) {
    lastSizes.current = sizes
    virtualizer.measure()
  }
  useAnchor(scroller, rows, heights, headHeight)
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
                  <DropTarget
                    className="h-full"
                    kind="section"
                    onDrop={onDropSection && ((name) => onDropSection(name, row.section))}
                  >
                    <DropTarget
                      className="h-full"
                      kind="panel"
                      onDrop={onDropPanel && ((id) => onDropPanel(id, row.section, undefined))}
                    >
                      <SectionHeading
                        isOpen={row.isOpen}
                        menu={sectionMenu?.(row.section)}
                        onJump={(index) => jump(row.section, index)}
                        onToggle={() => toggle(row)}
                        section={row.section}
                      />
                    </DropTarget>
                  </DropTarget>
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
                      <DropTarget
                        className="h-full min-w-0"
                        key={panel.id}
                        kind="panel"
                        onActivate={onActivatePanel && (() => onActivatePanel(panel.id))}
                        onDrop={onDropPanel && ((id) => onDropPanel(id, row.section, panel))}
                      >
                        <WorkspacePanel
                          context={context}
                          menu={panelMenu?.(panel, row.section)}
                          panel={panel}
                          section={row.section.settings}
                        />
                      </DropTarget>
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

/** Keeps the row at the top of the screen where it is when rows come or go above it. */
function useAnchor(
  scroller: { readonly current: HTMLElement | null },
  rows: readonly GridRow[],
  heights: readonly number[],
  headHeight: number,
): void {
  const last = useRef<{ readonly keys: readonly string[]; readonly starts: readonly number[] }>(undefined)
  useLayoutEffect(() => {
    const element = scroller.current
    const keys = rows.map(rowKey)
    const starts: number[] = []
    let start = headHeight
    for (const height of heights) {
      starts.push(start)
      start += height
    }
    const before = last.current
    last.current = { keys, starts }
    if (!element || !before || element.scrollTop <= headHeight) return
    const top = before.starts.findLastIndex((at) => at <= element.scrollTop)
    const now = keys.indexOf(before.keys[top] ?? '')
    if (top >= 0 && now >= 0) element.scrollTop += starts[now]! - before.starts[top]!
  }, [scroller, rows, heights, headHeight])
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
