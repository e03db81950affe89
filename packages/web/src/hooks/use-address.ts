import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { type AddressCodec, type AddressStore, createAddressStore, mergeParams } from '../view/address/address-store.ts'
import type { SearchParams } from '../view/address/url-state.ts'

/** State in the address bar, and how to change it. Changes replace the history entry: going back leaves the page. */
export function useAddress<T>(codec: AddressCodec<T>): readonly [value: T, store: AddressStore<T>] {
  // Every route shares one parser, which makes flat text pairs.
  const search = useSearch({ strict: false }) as SearchParams
  const navigate = useNavigate()
  const [store] = useState(() =>
    createAddressStore(codec, search, (value) => {
      void navigate({
        to: '.',
        search: ((current: SearchParams) => mergeParams(codec, current, value)) as never,
        replace: true,
        resetScroll: false,
      })
    }),
  )
  useEffect(() => store.adopt(search), [store, search])
  useEffect(() => () => store.flush(), [store])
  const value = useSyncExternalStore(store.subscribe, store.get)
  return [value, store]
}
