import type { AddressCodec, AddressStore } from './address-store.ts'
import { parseViewState, toSearchParams, type ViewState, viewKeys } from './url-state.ts'

/** How a workspace stands in the address. */
export const viewCodec: AddressCodec<ViewState> = { keys: viewKeys, parse: parseViewState, stringify: toSearchParams }

/** The view that a page shows, ahead of the address bar by a moment. */
export type ViewStore = AddressStore<ViewState>
