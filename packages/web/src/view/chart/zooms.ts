import type { Range, ViewState, Zoom } from '../address/url-state.ts'

/** Where a view is zoomed to. */
export type Zooms = Pick<ViewState, 'zoom' | 'xZooms' | 'yZooms'>

/** No x axis is zoomed: what holds after it has become another one. */
export const noXZoom: Pick<ViewState, 'zoom' | 'xZooms'> = { zoom: undefined, xZooms: new Map() }

/** The zooms of a view, and nothing else of it. */
export function zoomsOf({ zoom, xZooms, yZooms }: ViewState): Zooms {
  return { zoom, xZooms, yZooms }
}

/** What a panel shows of its x axis: the zoom of all panels or its own. Undefined: all. */
export function xZoomOf(view: ViewState, panelId: string, xId: string): Range | undefined {
  const zoom = view.syncsZoom ? view.zoom : view.xZooms.get(panelId)
  return zoom?.xId === xId ? zoom.range : undefined
}

/** The zooms after a panel has been given another one in x: all panels with its axis, or it alone. */
export function withXZoom(
  view: ViewState,
  panelId: string,
  zoom: Zoom | undefined,
): Pick<ViewState, 'zoom' | 'xZooms'> {
  if (view.syncsZoom) return { zoom, xZooms: view.xZooms }
  return { zoom: view.zoom, xZooms: withEntry(view.xZooms, panelId, zoom) }
}

/** The same of y, where each panel has its own. */
export function withYZoom(view: ViewState, panelId: string, range: Range | undefined): Pick<ViewState, 'yZooms'> {
  return { yZooms: withEntry(view.yZooms, panelId, range) }
}

function withEntry<T>(entries: ReadonlyMap<string, T>, key: string, value: T | undefined): ReadonlyMap<string, T> {
  const next = new Map(entries)
  if (value === undefined) next.delete(key)
  else next.set(key, value)
  return next
}
