const errors = new WeakSet<object>()

// Vite tells of every part of the page that could not be had, whoever asked for it.
globalThis.addEventListener?.('vite:preloadError', (event) => errors.add((event as VitePreloadErrorEvent).payload))

/** Whether something failed because a part of the page's code could not be had. */
export function isMissingCode(error: unknown): boolean {
  return typeof error === 'object' && error !== null && errors.has(error)
}

const keptAs = 'lossline.reloaded'
const pauseMs = 30_000

/**
 * Loads the document anew at its address: browsers remember a part that they could not get, and never ask for it again. Only where
 * the server answers, as all that is on screen would be lost otherwise.
 */
export async function reloadFromServer(): Promise<void> {
  try {
    const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5000) })
    if (!response.ok) return
    noteReload()
    location.reload()
  } catch {
    // Away: what waits for it asks again.
  }
}

/** {@link reloadFromServer} without being asked, which a part that never comes does not repeat for ever. */
export async function reloadOnce(): Promise<void> {
  const last = lastReloadMs()
  if (last !== undefined && Date.now() - last > pauseMs) await reloadFromServer()
}

function noteReload(): void {
  try {
    sessionStorage.setItem(keptAs, String(Date.now()))
  } catch {
    // Storage is blocked: nothing is reloaded unasked then.
  }
}

/** Undefined: it cannot be known. */
function lastReloadMs(): number | undefined {
  try {
    return Number(sessionStorage.getItem(keptAs) ?? 0)
  } catch {
    return undefined
  }
}
