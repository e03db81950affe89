import { withKnownState } from '../address/long-address.ts'
import type { SearchParams } from '../address/url-state.ts'

/** The query string of an address as flat text pairs; a short one that stands for others gives those, where it is known. */
export function parseSearchText(text: string): SearchParams {
  return withKnownState(Object.fromEntries(new URLSearchParams(text)))
}

/** The query string with its question mark; empty without a pair. Keys without a value are left out, as who merges searches means it. */
export function stringifySearchText(search: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(search).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const text = new URLSearchParams(pairs).toString()
  return text === '' ? '' : `?${text}`
}
