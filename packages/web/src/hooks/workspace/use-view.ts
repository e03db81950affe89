import type { ViewState } from '../../view/address/url-state.ts'
import { type ViewStore, viewCodec } from '../../view/address/view-store.ts'
import { useAddress } from '../use-address.ts'

/** The view in the address bar, and how to change it. */
export function useView(): readonly [view: ViewState, store: ViewStore] {
  return useAddress(viewCodec)
}
