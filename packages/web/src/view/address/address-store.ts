import type { SearchParams } from './url-state.ts'

/** How a part of a page's state stands in the query string. */
export interface AddressCodec<T> {
  /** The keys that are its own; others are left as they are. */
  readonly keys: readonly string[]
  /** Never throws: what does not parse falls back to its default. */
  parse(params: SearchParams): T
  /** Defaults are left out. */
  stringify(value: T): SearchParams
}

/** The state that a page shows, ahead of the address bar by a moment. */
export interface AddressStore<T> {
  get(): T
  subscribe(listener: () => void): () => void
  /** Changes parts of the state; the address follows within {@link urlDelayMs}. */
  update(patch: Partial<T>): void
  /** Takes over what the address says, after back, forward or a pasted link. Ignores the store's own writes. */
  adopt(params: SearchParams): void
  /** Writes the address now, before leaving. */
  flush(): void
}

/** Browsers refuse more than about 100 history changes in 30 s; sliders and zooms make more. */
export const urlDelayMs = 150

/** A store that starts from the address and reports changes for it to `writeUrl`. */
export function createAddressStore<T>(
  codec: AddressCodec<T>,
  initial: SearchParams,
  writeUrl: (value: T) => void,
): AddressStore<T> {
  let value = codec.parse(initial)
  let written = JSON.stringify(codec.stringify(value))
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()
  const notify = (): void => {
    for (const listener of listeners) listener()
  }
  const flush = (): void => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    written = JSON.stringify(codec.stringify(value))
    writeUrl(value)
  }
  return {
    get: () => value,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    update(patch) {
      value = { ...value, ...patch }
      timer ??= setTimeout(flush, urlDelayMs)
      notify()
    },
    adopt(params) {
      const next = codec.parse(params)
      const text = JSON.stringify(codec.stringify(next))
      if (text === written) return
      written = text
      value = next
      notify()
    },
    flush,
  }
}

/** The current query string with one part replaced; foreign keys stay as they are. */
export function mergeParams<T>(codec: AddressCodec<T>, current: SearchParams, value: T): SearchParams {
  const foreign = Object.entries(current).filter(([key]) => !codec.keys.includes(key))
  return { ...Object.fromEntries(foreign), ...codec.stringify(value) }
}
