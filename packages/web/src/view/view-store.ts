import { parseViewState, type SearchParams, toSearchParams, type ViewState } from './url-state.ts'

/** The view that a page shows, ahead of the address bar by a moment. */
export interface ViewStore {
  get(): ViewState
  subscribe(listener: () => void): () => void
  /** Changes parts of the view; the address follows within {@link urlDelayMs}. */
  update(patch: Partial<ViewState>): void
  /** Takes over what the address says, after back, forward or a pasted link. Ignores the store's own writes. */
  adopt(params: SearchParams): void
  /** Writes the address now, before leaving. */
  flush(): void
}

/** Browsers refuse more than about 100 history changes in 30 s; sliders and zooms make more. */
export const urlDelayMs = 150

/** A store that starts from the address and reports changes for it to `writeUrl`. */
export function createViewStore(initial: SearchParams, writeUrl: (view: ViewState) => void): ViewStore {
  let view = parseViewState(initial)
  let written = JSON.stringify(toSearchParams(view))
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()
  const notify = (): void => {
    for (const listener of listeners) listener()
  }
  const flush = (): void => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    written = JSON.stringify(toSearchParams(view))
    writeUrl(view)
  }
  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    update(patch) {
      view = { ...view, ...patch }
      timer ??= setTimeout(flush, urlDelayMs)
      notify()
    },
    adopt(params) {
      const next = parseViewState(params)
      const text = JSON.stringify(toSearchParams(next))
      if (text === written) return
      written = text
      view = next
      notify()
    },
    flush,
  }
}
