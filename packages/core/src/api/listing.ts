import { checkLimit } from '../options/check-count.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { joinSignals } from '../server/with-signal.ts'

/** What can be said of any request. */
export interface RequestOptions {
  /** Ends the request early. */
  readonly signal?: AbortSignal | undefined
}

/** @internal */
export const requestOptionNames: OptionNames<RequestOptions> = { signal: true }

/**
 * A list on a server, fetched page by page while it is read. Every reading starts anew, so it shows what is there then.
 *
 * @example
 * for await (const run of api.runs('digits')) console.log(run.name)
 */
export interface Listing<Item> extends AsyncIterable<Item> {
  /** All items, or the first `limit` of them, as an array. */
  toArray(options?: RequestOptions & { readonly limit?: number | undefined }): Promise<Item[]>
  /** The first item; `undefined` when there is none. */
  first(options?: RequestOptions): Promise<Item | undefined>
  /** The same, one array a page. */
  pages(options?: RequestOptions): AsyncIterable<readonly Item[]>
  /** How many items there are. Costs a request without them where the server can count, else all of them. */
  total(options?: RequestOptions): Promise<number>
}

/** One page of a list. */
export interface ListPage<Item> {
  readonly items: readonly Item[]
  /** Where the next page begins; `undefined` on the last one. */
  readonly next: string | undefined
}

/** How a list is read. */
export interface CreateListingOptions<Item> {
  fetchPage(cursor: string | undefined, options: RequestOptions): Promise<ListPage<Item>>
  /** Default: all pages are read. */
  countItems?(options: RequestOptions): Promise<number>
  /** Ends every reading early. */
  readonly signal?: AbortSignal | undefined
}

/** Makes a list out of a way to fetch its pages. */
export function createListing<Item>({ fetchPage, countItems, signal }: CreateListingOptions<Item>): Listing<Item> {
  const optionsOf = (given: RequestOptions = {}): RequestOptions => ({ signal: joinSignals(signal, given.signal) })

  async function* pages(given?: RequestOptions): AsyncGenerator<readonly Item[]> {
    const options = optionsOf(given)
    let cursor: string | undefined
    do {
      options.signal?.throwIfAborted()
      const page = await fetchPage(cursor, options)
      if (page.items.length > 0) yield page.items
      // A server that answers with the cursor it was asked for would be read for ever.
      cursor = page.next === cursor ? undefined : page.next
    } while (cursor !== undefined)
  }

  async function* items(given?: RequestOptions): AsyncGenerator<Item> {
    for await (const page of pages(given)) yield* page
  }

  async function toArray(given: RequestOptions & { readonly limit?: number | undefined } = {}): Promise<Item[]> {
    checkOptions('toArray', given, { ...requestOptionNames, limit: true })
    const { limit = Number.POSITIVE_INFINITY } = given
    const found: Item[] = []
    checkLimit(limit)
    if (limit === 0) return found
    for await (const item of items(given)) {
      found.push(item)
      if (found.length >= limit) break
    }
    return found
  }

  return {
    [Symbol.asyncIterator]: () => items(),
    pages,
    toArray,
    first: async (given = {}) => (await toArray({ ...given, limit: 1 }))[0],
    async total(given) {
      if (countItems !== undefined) return countItems(optionsOf(given))
      let count = 0
      for await (const page of pages(given)) count += page.length
      return count
    },
  }
}
