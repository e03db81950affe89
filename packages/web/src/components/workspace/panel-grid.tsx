import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactElement, type ReactNode, useMemo, useRef } from 'react'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useIdle } from '../../hooks/use-idle.ts'
import { usePrinting } from '../../hooks/use-store.ts'
import { type GridPlace, usePanelFocus } from '../../hooks/workspace/use-panel-focus.ts'
import { useScrollAnchor } from '../../hooks/workspace/use-scroll-anchor.ts'
import { type GridRow, narrowPageWidth, rowHeight, rowKey, toGridRows } from '../../view/workspace/grid-rows.ts'
import type { MetricFamily } from '../../view/workspace/metric-families.ts'
import type { ShownSection } from '../../view/workspace/show-workspace.ts'
import type { PanelContext } from '../panels/panel-props.ts'
import { ValuesTable } from '../run/values-table.tsx'
import { DropTarget } from './drag.tsx'
import { GridPanel, type GridPanelActions } from './grid-panel.tsx'
import { PanelBoundary } from './panel-boundary.tsx'
import { SectionHeading } from './section-heading.tsx'

/** What the grid shows. */
export interface PanelGridProps extends GridPanelActions {
  readonly sections: readonly ShownSection[]
  /** What all panels are drawn with. */
  readonly context: PanelContext
  /** Opens or closes a section. Default: the address keeps which ones are not as they are. */
  readonly onToggle?: (section: ShownSection, isOpen: boolean) => void
  /** What can be done with a section; it goes into its heading. */
  readonly sectionMenu?: (section: ShownSection) => ReactNode
  /** Puts the metrics of a family into one chart. */
  readonly onFamily?: (section: ShownSection, family: MetricFamily) => void
  /** A section was dropped on another one. */
  readonly onDropSection?: (name: string, before: ShownSection) => void
  /** Shows a panel as large as there is room. */
  readonly onOpenPanel?: (panelId: string) => void
  /** The panel that gets the focus, and is in sight, when the grid comes on the page. Default: none. */
  readonly firstFocus?: string | undefined
  /** The panel whose settings are open: it stays in sight. Default: none. */
  readonly editedPanel?: string | undefined
  /** What comes into sight and gets the focus, whenever it is another object. Default: nothing. */
  readonly sought?: GridPlace | undefined
  /** What scrolls with the charts, above them and below them. */
  readonly head?: ReactNode
  readonly foot?: ReactNode
}

/**
 * Sections of panels. Only what is on screen, and then one screen around it, is there and asks for data. Drawn anew only when
 * something that it gets is different: the lists of the page say something new all the time.
 */
export const PanelGrid = memo(function PanelGrid(props: PanelGridProps): ReactElement {
  const { sections, context, onToggle, sectionMenu, onDropPanel, onDropSection, head, foot } = props
  const { runs, view, store, address } = context
  const isPrinting = usePrinting()
  // There is no list of runs on paper.
  const hasLegend = context.hasLegend || isPrinting
  const panelContext = useMemo(() => ({ ...context, hasLegend }), [context, hasLegend])
  const scroller = useRef<HTMLDivElement>(null)
  const { width, height } = useElementSize(scroller)
  const above = useRef<HTMLDivElement>(null)
  const { height: headHeight } = useElementSize(above)
  const isNarrow = innerWidth < narrowPageWidth
  // With 12 px of space: of a small screen no more than what leaves room to scroll; else a plot of about 210 px, and the legend.
  const panelHeight = isNarrow ? 232 : 264 + (hasLegend ? 18 : 0)
  const rows = useMemo(
    () => toGridRows(sections, view.toggledSections, { width, isNarrow, runCount: runs.length }),
    [sections, view.toggledSections, width, isNarrow, runs.length],
  )
  const heights = useMemo(
    () => rows.map((row) => rowHeight(row, panelHeight, runs.length)),
    [rows, panelHeight, runs.length],
  )
  const isIdle = useIdle()
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => heights[i] as number,
    getItemKey: (i) => rowKey(rows[i] as GridRow),
    scrollMargin: headHeight,
    overscan: isIdle ? Math.max(2, Math.ceil(height / panelHeight)) : 0,
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
  useScrollAnchor(scroller, rows, heights, headHeight)
  const focusKeys = usePanelFocus({
    grid: scroller,
    rows,
    reveal: (row) => virtualizer.scrollToIndex(row),
    onOpen: props.onOpenPanel,
    first: props.firstFocus,
    edited: props.editedPanel,
    sought: props.sought,
  })
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-3 print:block" ref={scroller} {...focusKeys}>
      <div ref={above}>{head}</div>
      {width > 0 && (
        <div className="relative" style={isPrinting ? {} : { height: virtualizer.getTotalSize() }}>
          {(isPrinting ? rows.map((_, index) => index) : virtualizer.getVirtualItems()).map((item) => {
            const index = typeof item === 'number' ? item : item.index
            const row = rows[index] as GridRow
            return (
              <div
                className={
                  typeof item === 'number'
                    ? `break-inside-avoid ${row.kind === 'section' ? 'break-after-avoid' : ''}`
                    : 'absolute inset-x-0 top-0'
                }
                key={rowKey(row)}
                style={
                  typeof item === 'number'
                    ? { height: heights[index] }
                    : { height: item.size, transform: `translateY(${item.start - headHeight}px)` }
                }
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
                        counted={context.countedRuns}
                        isOpen={row.isOpen}
                        menu={sectionMenu?.(row.section)}
                        onJump={(index) => jump(row.section, index)}
                        onFamily={props.onFamily && ((family) => props.onFamily?.(row.section, family))}
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
                      <GridPanel
                        context={panelContext}
                        key={panel.id}
                        onActivatePanel={props.onActivatePanel}
                        onDropPanel={onDropPanel}
                        panel={panel}
                        panelMenu={props.panelMenu}
                        section={row.section}
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
})
