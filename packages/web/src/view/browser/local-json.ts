/** What the browser has kept under a key; undefined when there is nothing, nothing readable, or no storage. */
export function readJson(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps a value in this browser. Without storage (private windows, full disks) it lasts as long as the tab. */
export function writeJson(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Said above: there is nothing better to do.
  }
}

/** Forgets what was kept under a key. */
export function removeJson(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Without storage nothing was kept.
  }
}
