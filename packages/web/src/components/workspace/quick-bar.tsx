import { ChartLine } from 'lucide-react'
import { type ReactElement, type ReactNode, useCallback, useRef } from 'react'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useSearchHistory } from '../../hooks/use-search-history.ts'
import { useDensity, useShortcut } from '../../hooks/use-store.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import { nudgeSmoothing, smoothingLabel, smoothingWords } from '../../view/chart/smoothing.ts'
import { shortXChoiceNames, xChoiceNames, xChoiceText, xUnit } from '../../view/chart/x-axis.ts'
import { toggledLog } from '../../view/chart/y-scale.ts'
import { noXZoom } from '../../view/chart/zooms.ts'
import { fitToolbar, hasMenu, type ToolbarLayout } from '../../view/workspace/toolbar-layout.ts'
import { AxisToggles } from '../chart/axis-toggles.tsx'
import { SmoothingControl } from '../chart/smoothing-control.tsx'
import { XAxisSelect } from '../chart/x-axis-select.tsx'
import { PopoverButton } from '../controls/popover-button.tsx'
import { SearchField } from '../controls/search-field.tsx'

/** What the quick bar controls. */
export interface QuickBarProps {
  readonly view: ViewState
  readonly store: ViewStore
  /** Whose earlier searches for panels are offered: `entity/project`. */
  readonly historyName: string
  /** Metric keys that can be the x axis. */
  readonly xKeys: readonly string[]
  /** Length of x over all runs, where known: it says what smoothing means. */
  readonly xExtent: number | undefined
  /** What a time-weighted smoothing refers to, where known. */
  readonly smoothingRange: number | undefined
  /** Puts runs together; undefined: there is nothing to put together. */
  readonly group?: ReactNode
  /** What else is in the row, before and after the controls. */
  readonly start?: ReactNode
  readonly end?: (layout: ToolbarLayout) => ReactNode
  /** CSS pixels that those two need. */
  readonly endWidth?: (layout: ToolbarLayout) => number
}

/**
 * Settings of all charts: which, against what, how smooth, on which axes. They act at once. One row, however narrow the page is: what
 * does not fit is in a menu.
 */
export function QuickBar(props: QuickBarProps): ReactElement {
  const { view, store, historyName, xKeys, xExtent, smoothingRange, group, start, end, endWidth = noWidth } = props
  const search = useRef<HTMLInputElement>(null)
  const history = useSearchHistory(`panels.${historyName}`)
  useShortcut(
    'find-panels',
    useCallback(() => search.current?.focus(), []),
  )
  useShortcut(
    'log-y',
    useCallback(() => store.update({ yScale: toggledLog(store.get().yScale) }), [store]),
  )
  useShortcut(
    'log-x',
    useCallback(() => store.update({ isLogX: !store.get().isLogX, ...noXZoom }), [store]),
  )
  useShortcut(
    'toggle-outliers',
    useCallback(() => store.update({ ignoresOutliers: !store.get().ignoresOutliers }), [store]),
  )
  const nudge = useCallback(
    (direction: 1 | -1) => store.update({ smoothing: nudgeSmoothing(store.get().smoothing, direction) }),
    [store],
  )
  useShortcut(
    'smoothing-up',
    useCallback(() => nudge(1), [nudge]),
  )
  useShortcut(
    'smoothing-down',
    useCallback(() => nudge(-1), [nudge]),
  )
  const bar = useRef<HTMLDivElement>(null)
  const { width } = useElementSize(bar)
  // Comfortable letters are 15 px high where others are 13, and as much wider.
  const scale = useDensity() === 'comfortable' ? 13 / 15 : 1
  const layout = fitToolbar(width * scale, endWidth, {
    x: { long: xChoiceText(view.x, xChoiceNames), short: xChoiceText(view.x, shortXChoiceNames) },
    smoothing: smoothingLabel(view.smoothing),
    amount: smoothingWords(view.smoothing, smoothingRange, xUnit(view.x)),
    hasGroup: group !== undefined,
  })
  const xAxis = (
    <XAxisSelect
      hasWords={layout.hasWords || layout.isXAxisInMenu}
      onChange={(x) => store.update({ x, ...noXZoom })}
      value={view.x}
      xKeys={xKeys}
    />
  )
  const toggles = <AxisToggles store={store} view={view} />
  const smoothing = (
    <SmoothingControl
      hasWords={layout.hasWords || layout.isSmoothingInMenu}
      onChange={(next) => store.update({ smoothing: next })}
      unit={xUnit(view.x)}
      value={view.smoothing}
      range={smoothingRange}
      xExtent={xExtent}
    />
  )
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 px-2 print:hidden" ref={bar}>
      {start}
      <div aria-label="Chart settings" className="flex min-w-0 flex-1 items-center gap-2.5" role="toolbar">
        <SearchField
          className="min-w-0 max-w-52 flex-1"
          hint="F"
          history={history}
          label="Find panels"
          onChange={(panelSearch) => store.update({ panelSearch })}
          ref={search}
          value={view.panelSearch}
        />
        {!layout.isXAxisInMenu && xAxis}
        {!layout.areTogglesInMenu && toggles}
        {!layout.isSmoothingInMenu && smoothing}
        {hasMenu(layout) && (
          <PopoverButton
            className="button shrink-0 px-1.5"
            face={<ChartLine size={16} />}
            label={menuName(layout)}
            panelClassName="w-72 p-3"
          >
            {() => (
              <div className="flex flex-col items-start gap-3">
                {layout.isXAxisInMenu && xAxis}
                {layout.areTogglesInMenu && toggles}
                {layout.isSmoothingInMenu && smoothing}
              </div>
            )}
          </PopoverButton>
        )}
        {group}
      </div>
      {end?.(layout)}
    </div>
  )
}

const noWidth = (): number => 0

function menuName({ isXAxisInMenu, areTogglesInMenu, isSmoothingInMenu }: ToolbarLayout): string {
  if (isXAxisInMenu) return 'Axes and smoothing'
  if (!isSmoothingInMenu) return 'Log axes and outliers'
  return areTogglesInMenu ? 'Log axes and smoothing' : 'Smoothing'
}
