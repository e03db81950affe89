import { type AnyRouter, useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { type AddressCodec, type AddressStore, createAddressStore, mergeParams } from '../view/address/address-store.ts'
import type { SearchParams } from '../view/address/url-state.ts'

/**
 * State in the address bar, and how to change it. Changes replace the history entry: going back leaves the page. All of a page that
 * use one codec see a change at once; the address follows.
 */
export function useAddress<T>(codec: AddressCodec<T>): readonly [value: T, store: AddressStore<T>] {
  // Every route shares one parser, which makes flat text pairs.
  const search = useSearch({ strict: false }) as SearchParams
  const router = useRouter()
  const [shared] = useState(() => sharedStore(router, codec, search))
  const { store } = shared
  useEffect(() => store.adopt(search), [store, search])
  useEffect(() => {
    shared.userCount++
    return () => {
      shared.userCount--
      if (shared.userCount === 0) store.flush()
    }
  }, [shared, store])
  const value = useSyncExternalStore(store.subscribe, store.get)
  return [value, store]
}

/** What those who use one codec on one page have in common: with a store each, the address of a moment ago would undo what is newer. */
interface SharedStore<T> {
  readonly router: AnyRouter
  readonly pathname: string | undefined
  readonly store: AddressStore<T>
  userCount: number
}

/** Those of the page that is shown; a page that is on its way out keeps its own. */
const sharedStores = new WeakMap<AddressCodec<never>, SharedStore<never>>()

function sharedStore<T>(router: AnyRouter, codec: AddressCodec<T>, search: SearchParams): SharedStore<T> {
  const pathname = router.state.matches.at(-1)?.pathname
  const known = sharedStores.get(codec as AddressCodec<never>) as SharedStore<T> | undefined
  if (known?.router === router && known.pathname === pathname) {
    // Nobody told it meanwhile.
    if (known.userCount === 0) known.store.adopt(search)
    return known
  }
  const store = createAddressStore(codec, search, (value) => {
    void router.navigate({
      to: '.',
      search: ((current: SearchParams) => mergeParams(codec, current, value)) as never,
      replace: true,
      resetScroll: false,
    })
  })
  const made = { router, pathname, store, userCount: 0 }
  sharedStores.set(codec as AddressCodec<never>, made as unknown as SharedStore<never>)
  return made
}
