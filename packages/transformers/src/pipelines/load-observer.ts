import type { ProgressEventLike } from '../transformers-like.ts'

/** How a model was loaded. */
export interface ModelLoad {
  /** Id or path, as the `ready` event names it. */
  readonly modelName: string | undefined
  /** From the making of the observer to `ready`: looking up, reading or downloading files, and making the sessions. */
  readonly loadMs: number
  /** Size of each file in bytes, where it was told. */
  readonly fileBytes: Readonly<Record<string, number>>
  readonly totalBytes: number
}

/** Watches a model being loaded. */
export interface LoadObserver {
  /** For `progress_callback`. Passes every event on to the caller's own callback. */
  readonly progressCallback: (event: ProgressEventLike) => void
  /** What was seen so far. */
  load(): ModelLoad
}

/** Makes an observer of one `pipeline()` or `from_pretrained()`. Errors of the caller's callback stay the caller's. */
export function createLoadObserver(
  userCallback?: ((event: never) => void) | null,
  nowMs: () => number = () => performance.now(),
): LoadObserver {
  const fileBytes: Record<string, number> = {}
  const startedAtMs = nowMs()
  let endedAtMs: number | undefined
  let modelName: string | undefined
  return {
    progressCallback(event) {
      if (event.status === 'progress' && event.file !== undefined && typeof event.total === 'number') {
        fileBytes[event.file] = event.total
      }
      if (event.status === 'ready') {
        modelName = event.model
        endedAtMs = nowMs()
      }
      // The caller's callback takes the framework's own type of events, which this one was.
      userCallback?.(event as never)
    },
    load: () => ({
      modelName,
      loadMs: (endedAtMs ?? nowMs()) - startedAtMs,
      fileBytes,
      totalBytes: Object.values(fileBytes).reduce((sum, bytes) => sum + bytes, 0),
    }),
  }
}
