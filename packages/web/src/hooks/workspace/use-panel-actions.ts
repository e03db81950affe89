import { useMemo, useRef } from 'react'
import type { Range } from '../../view/address/url-state.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import { withXZoom, withYZoom, type Zooms, zoomsOf } from '../../view/chart/zooms.ts'
import type { PanelInfo } from '../../view/workspace/sections.ts'
import type { Chart } from '../chart/use-chart.ts'
import { useActivePanel } from './use-active-panel.ts'

/** What is done to one axis alone. */
export interface AxisActions {
  /** What is seen now is the previous zoom of what comes. */
  remember(): void
  panY(y: Range): void
  resetX(): void
  resetY(): void
}

/** What pointers and keys do to a panel. */
export interface PanelActions extends AxisActions {
  /** Keys that are for one panel now mean this one. */
  activate(): void
  zoom(x: Range, y: Range | undefined): void
  pan(x: Range): void
  resetZoom(): void
  undoZoom(): void
}

/** Zooms of a view, oldest first; what "Previous zoom" goes back through. Those of another project are on other axes. */
const histories = new WeakMap<ViewStore, Zooms[]>()
const historyMax = 50

function historyOf(store: ViewStore): Zooms[] {
  const history = histories.get(store) ?? []
  histories.set(store, history)
  return history
}

/** Connects a panel with the view and the keyboard. */
export function usePanelActions(options: {
  readonly panel: PanelInfo
  readonly chart: Chart
  readonly store: ViewStore
  readonly toggleTable: () => void
}): PanelActions {
  const latest = useRef(options)
  latest.current = options

  const actions = useMemo((): Omit<PanelActions, 'activate'> => {
    const setZoom = (next: Partial<Zooms>, isRemembered: boolean): void => {
      const { store } = latest.current
      if (isRemembered) remember()
      store.update(next)
    }
    const remember = (): void => {
      const { store } = latest.current
      const history = historyOf(store)
      history.push(zoomsOf(store.get()))
      if (history.length > historyMax) history.shift()
    }
    const xTo = (range: Range | undefined): Partial<Zooms> => {
      const { chart, panel, store } = latest.current
      return withXZoom(store.get(), panel.panelId, range && { xId: chart.xId, range })
    }
    const yTo = (range: Range | undefined): Partial<Zooms> => {
      const { panel, store } = latest.current
      return withYZoom(store.get(), panel.panelId, range)
    }
    return {
      zoom: (x, y) => setZoom({ ...xTo(x), ...(y && yTo(y)) }, true),
      remember,
      panY: (y) => setZoom(yTo(y), false),
      resetX() {
        if (latest.current.chart.zoomX) setZoom(xTo(undefined), true)
      },
      resetY() {
        if (latest.current.chart.zoomY) setZoom(yTo(undefined), true)
      },
      pan: (range) => setZoom(xTo(range), !latest.current.chart.zoomX),
      resetZoom() {
        const { chart } = latest.current
        if (chart.zoomX || chart.zoomY) setZoom({ ...xTo(undefined), ...yTo(undefined) }, true)
      },
      undoZoom() {
        setZoom(historyOf(latest.current.store).pop() ?? { ...xTo(undefined), ...yTo(undefined) }, false)
      },
    }
  }, [])

  const activate = useActivePanel({
    'view-as-table': options.toggleTable,
    'reset-zoom': actions.resetZoom,
    'undo-zoom': actions.undoZoom,
  })
  return useMemo(() => ({ ...actions, activate }), [actions, activate])
}
