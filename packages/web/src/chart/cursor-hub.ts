/** Where people look, shared by all charts with the same x axis. */
export interface SharedCursor {
  /** Panel that the pointer or the keyboard cursor is in; undefined when a name of a list or legend is pointed at. */
  readonly panelId: string | undefined
  /** Where on which x axis; undefined when only a run is meant. */
  readonly at: { readonly xId: string; readonly x: number } | undefined
  /** The run that is meant: nearest to the pointer and near enough, or pointed at by name. */
  readonly runId: string | undefined
}

/** Passes the cursor of one chart to the others, at most once a frame. */
export interface CursorHub {
  set(cursor: SharedCursor | undefined): void
  /** A place that is pointed at from outside of all charts, such as from a log, is told in the next frame if it is there already. */
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
      if (cursor?.at && cursor.panelId === undefined) schedule(() => listeners.has(listener) && listener(cursor))
      return () => listeners.delete(listener)
    },
  }
}
