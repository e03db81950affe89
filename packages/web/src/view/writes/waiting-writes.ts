import type { Write } from './write.ts'

/** Of this tab alone: two tabs with the same changes would both send them. */
const storageKey = 'lossline.waiting-writes'

/** What this tab kept of changes that waited for the server when it was reloaded; undefined: nothing. */
export function readWaitingWrites(): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps changes that may be made later for the next load of the page in this tab. Without storage they last as long as the page. */
export function keepWaitingWrites(writes: readonly Write[]): void {
  const kept = writes.filter(({ onlyNow }) => !onlyNow)
  try {
    if (kept.length === 0) sessionStorage.removeItem(storageKey)
    else sessionStorage.setItem(storageKey, JSON.stringify(kept))
  } catch {
    // Said above.
  }
}

/** Changes that wait, in words: `3 changes wait`. */
export function waitingText(count: number): string {
  return count === 1 ? '1 change waits' : `${count} changes wait`
}
