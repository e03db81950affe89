import { callApi } from './api/client.ts'
import { router } from './routes.tsx'
import { createLongAddresses } from './view/address/long-address.ts'
import type { SearchParams } from './view/address/url-state.ts'
import { parseSearchText, stringifySearchText } from './view/text/search-text.ts'

const addresses = createLongAddresses({
  save: async (state) => (await callApi('POST /api/view-states', { body: { state } })).hash,
  read: async (hash) => (await callApi('GET /api/view-states/{hash}', { path: { hash } })).state,
  query: () => router.history.location.search,
  goTo: (params) => router.history.replace(addressWith(params)),
  show(params) {
    // Not the router's own way, which would go there.
    History.prototype.replaceState.call(history, history.state, '', addressWith(params))
  },
  parse: parseSearchText,
})

function addressWith(params: SearchParams): string {
  const { pathname, hash } = router.history.location
  return `${pathname}${stringifySearchText(params)}${hash}`
}

/** Keeps what stands in the address bar short from now on. Resolves when the page is at what its address stands for. */
export function keepAddressShort(): Promise<void> {
  router.history.subscribe(() => {
    addresses.settle()
    // Back to an address of before the page was loaded: what it stands for is not known yet.
    void addresses.open()
  })
  addresses.settle()
  return addresses.open()
}
