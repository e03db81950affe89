import { readSearches, withSearch } from '../view/browser/search-history.ts'
import { useKept } from './use-kept.ts'

/** The last searches of a field, which this browser keeps, and how one is added. */
export interface SearchHistory {
  /** Newest first. */
  readonly searches: readonly string[]
  readonly add: (search: string) => void
}

/** @param name - Of the field; another name has other searches. */
export function useSearchHistory(name: string): SearchHistory {
  const [searches, setSearches] = useKept<readonly string[]>(`searches.${name}`, { initial: [], read: readSearches })
  return {
    searches,
    add: (search) => {
      const next = withSearch(searches, search)
      if (next !== searches) setSearches(next)
    },
  }
}
