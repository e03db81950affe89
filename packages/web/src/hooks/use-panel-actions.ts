import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useServices } from '../services.ts'
import type { PanelInfo } from '../view/sections.ts'
import type { Range, ViewState } from '../view/url-state.ts'
import type { ViewStore } from '../view/view-store.ts'
import type { Chart } from './use-chart.ts'

/** What pointers and keys do to a panel. */
export interface PanelActions {
  /** Keys that are for one panel now mean this one. */
  activate(): void
  zoom(x: Range, y: Range | undefined): void
  pan(x: Range): void
  resetZoom(): void
  undoZoom(): void
}

/** Zooms of the page, oldest first; what "Previous zoom" goes back through. */
const history: Pick<ViewState, 'zoom' | 'yZooms'>[] = []
const historyMax = 50

/** Connects a panel with the view and the keyboard. */
export function usePanelActions(options: {
  readonly panel: PanelInfo
  readonly chart: Chart
  readonly store: ViewStore
  readonly toggleTable: () => void
}): PanelActions {
  const { shortcuts } = useServices()
  const latest = useRef(options)
  latest.current = options
  const release = useRef<() => void>(undefined)

  const actions = useMemo((): Omit<PanelActions, 'activate'> => {
    const setZoom = (next: Pick<ViewState, 'zoom' | 'yZooms'>, isRemembered: boolean): void => {
      const { store } = latest.current
      const { zoom, yZooms } = store.get()
      if (isRemembered) history.push({ zoom, yZooms })
      if (history.length > historyMax) history.shift()
      store.update(next)
    }
    const yZoomsWith = (y: Range | undefined): ReadonlyMap<string, Range> => {
      const { panel, store } = latest.current
      const yZooms = new Map(store.get().yZooms)
      if (y) yZooms.set(panel.panelId, y)
      else yZooms.delete(panel.panelId)
      return yZooms
    }
    return {
      zoom(range, y) {
        const { chart, store } = latest.current
        setZoom({ zoom: { xId: chart.xId, range }, yZooms: y ? yZoomsWith(y) : store.get().yZooms }, true)
      },
      pan(range) {
        const { chart, store } = latest.current
        if (!chart.zoomX) history.push({ zoom: undefined, yZooms: store.get().yZooms })
        setZoom({ zoom: { xId: chart.xId, range }, yZooms: store.get().yZooms }, false)
      },
      resetZoom() {
        const { chart } = latest.current
        if (chart.zoomX || chart.zoomY) setZoom({ zoom: undefined, yZooms: yZoomsWith(undefined) }, true)
      },
      undoZoom() {
        setZoom(history.pop() ?? { zoom: undefined, yZooms: yZoomsWith(undefined) }, false)
      },
    }
  }, [])

  const activate = useCallback(() => {
    releaseActive?.()
    const stops = [
      shortcuts.register('view-as-table', () => latest.current.toggleTable()),
      shortcuts.register('reset-zoom', () => actions.resetZoom()),
      shortcuts.register('undo-zoom', () => actions.undoZoom()),
    ]
    const stop = (): void => {
      for (const one of stops) one()
      if (releaseActive === stop) releaseActive = undefined
    }
    release.current = stop
    releaseActive = stop
  }, [shortcuts, actions])
  useEffect(() => () => release.current?.(), [])
  return useMemo(() => ({ ...actions, activate }), [actions, activate])
}

/** Ends the registration of the panel that was active before. */
let releaseActive: (() => void) | undefined
