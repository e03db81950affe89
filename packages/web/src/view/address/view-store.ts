import { type AddressCodec, type AddressStore, createAddressStore } from './address-store.ts'
import { parseViewState, type SearchParams, toSearchParams, type ViewState, viewKeys } from './url-state.ts'

/** How a workspace stands in the address. */
export const viewCodec: AddressCodec<ViewState> = { keys: viewKeys, parse: parseViewState, stringify: toSearchParams }

/** The view that a page shows, ahead of the address bar by a moment. */
export type ViewStore = AddressStore<ViewState>

/** A store that starts from the address and reports changes for it to `writeUrl`. */
export function createViewStore(initial: SearchParams, writeUrl: (view: ViewState) => void): ViewStore {
  return createAddressStore(viewCodec, initial, writeUrl)
}
