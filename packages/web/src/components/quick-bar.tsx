import { type ReactElement, useCallback, useRef } from 'react'
import { useShortcut } from '../hooks/use-store.ts'
import { nudgeSmoothing } from '../view/smoothing.ts'
import type { ViewState } from '../view/url-state.ts'
import type { ViewStore } from '../view/view-store.ts'
import { SearchField } from './search-field.tsx'
import { SmoothingControl } from './smoothing-control.tsx'
import { XAxisSelect } from './x-axis-select.tsx'

/** What the quick bar controls. */
export interface QuickBarProps {
  readonly view: ViewState
  readonly store: ViewStore
  /** Metric keys that can be the x axis. */
  readonly xKeys: readonly string[]
  /** Length of x over all runs, where known: it says what smoothing means. */
  readonly xExtent: number | undefined
}

/** Settings of all charts: which, against what, how smooth, on which axes. They act at once. */
export function QuickBar({ view, store, xKeys, xExtent }: QuickBarProps): ReactElement {
  const search = useRef<HTMLInputElement>(null)
  useShortcut(
    'find-panels',
    useCallback(() => search.current?.focus(), []),
  )
  useShortcut(
    'log-y',
    useCallback(() => store.update({ isLogY: !store.get().isLogY }), [store]),
  )
  useShortcut(
    'log-x',
    useCallback(() => store.update({ isLogX: !store.get().isLogX, zoom: undefined }), [store]),
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
  return (
    <div aria-label="Chart settings" className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2 p-2" role="toolbar">
      <SearchField
        className="w-52 max-sm:w-32"
        hint="F"
        label="Find panels"
        onChange={(panelSearch) => store.update({ panelSearch })}
        ref={search}
        value={view.panelSearch}
      />
      <XAxisSelect onChange={(x) => store.update({ x, zoom: undefined })} value={view.x} xKeys={xKeys} />
      <div className="flex gap-1.5">
        <Toggle
          isOn={view.isLogX}
          label="Log x"
          onClick={() => store.update({ isLogX: !view.isLogX, zoom: undefined })}
          title="Logarithmic x axis (Shift L)"
        />
        <Toggle
          isOn={view.isLogY}
          label="Log y"
          onClick={() => store.update({ isLogY: !view.isLogY })}
          title="Logarithmic y axis (L)"
        />
        <Toggle
          isOn={view.ignoresOutliers}
          label="Ignore outliers"
          onClick={() => store.update({ ignoresOutliers: !view.ignoresOutliers })}
          title="Fit the y axis to the middle 95 % of the points; what lies outside is marked (O)"
        />
      </div>
      <SmoothingControl
        onChange={(smoothing) => store.update({ smoothing })}
        unit={view.x.kind === 'auto' || view.x.kind === 'step' ? 'steps' : view.x.kind === 'metric' ? 'x' : 's'}
        value={view.smoothing}
        xExtent={xExtent}
      />
    </div>
  )
}

function Toggle(props: {
  readonly isOn: boolean
  readonly label: string
  readonly title: string
  readonly onClick: () => void
}): ReactElement {
  return (
    <button aria-pressed={props.isOn} className="button" onClick={props.onClick} title={props.title} type="button">
      {props.label}
    </button>
  )
}
