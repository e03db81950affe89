import type { AddressCodec } from '../address/address-store.ts'
import type { Range, ViewState } from '../address/url-state.ts'

/** What system charts show. */
export interface SystemState {
  /** `all`: everything also while the run is live, not only the last minutes. */
  readonly isAll: boolean
}

/** How system charts stand in the address. */
export const systemCodec: AddressCodec<SystemState> = {
  keys: ['all'],
  parse: ({ all }) => ({ isAll: all === '1' }),
  stringify: ({ isAll }): Record<string, string> => (isAll ? { all: '1' } : {}),
}

const recentSeconds = 600

/** The view of system charts: wall time, and without a zoom of somebody the last minutes while the run is live. */
export function systemView(view: ViewState, window: { readonly isRecent: boolean; readonly nowMs: number }): ViewState {
  const nowSeconds = window.nowMs / 1000
  const range: Range = [nowSeconds - recentSeconds, nowSeconds]
  return {
    ...view,
    x: { kind: 'wall' },
    isLogX: false,
    smoothing: { kind: 'none' },
    ...(window.isRecent && !isZoomed(view) && { zoom: { xId: 'wall', range }, syncsZoom: true }),
  }
}

function isZoomed({ syncsZoom, zoom, xZooms }: ViewState): boolean {
  return syncsZoom ? zoom?.xId === 'wall' : xZooms.size > 0
}
