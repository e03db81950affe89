/** Where people look, shared by all charts with the same x axis. */
export interface SharedCursor {
  /** Panel that the pointer or the keyboard cursor is in. */
  readonly panelId: string
  readonly xId: string
  readonly x: number
  /** The run nearest to the pointer, when it is near enough to be meant. */
  readonly runId: string | undefined
}

/** Passes the cursor of one chart to the others, at most once a frame. */
export interface CursorHub {
  set(cursor: SharedCursor | undefined): void
  subscribe(listener: (cursor: SharedCursor | undefined) => void): () => void
}

/** A hub; `schedule` runs a function in the next frame. */
export function createCursorHub(schedule: (task: () => void) => void): CursorHub {
  const listeners = new Set<(cursor: SharedCursor | undefined) => void>()
  let cursor: SharedCursor | undefined
  let isScheduled = false
  return {
    set(next) {
      cursor = next
      if (isScheduled) return
      isScheduled = true
      schedule(() => {
        isScheduled = false
        for (const listener of listeners) listener(cursor)
      })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
