import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { mergeSearch, type SearchParams, type ViewState } from '../view/url-state.ts'
import { createViewStore, type ViewStore } from '../view/view-store.ts'

/** The view in the address bar, and how to change it. Changes replace the history entry: going back leaves the page. */
export function useView(): readonly [view: ViewState, store: ViewStore] {
  // Every route shares one parser, which makes flat text pairs.
  const search = useSearch({ strict: false }) as SearchParams
  const navigate = useNavigate()
  const [store] = useState(() =>
    createViewStore(search, (view) => {
      void navigate({
        to: '.',
        search: ((current: SearchParams) => mergeSearch(current, view)) as never,
        replace: true,
        resetScroll: false,
      })
    }),
  )
  useEffect(() => store.adopt(search), [store, search])
  useEffect(() => () => store.flush(), [store])
  const view = useSyncExternalStore(store.subscribe, store.get)
  return [view, store]
}
