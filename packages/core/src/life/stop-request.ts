/** What a run does when somebody wants its program to end. */
export interface StopRequestOptions {
  /** Calls back once when the wish is there; `look` looks at once. */
  watch(onWanted: () => void): { look(): void; close(): void }
  /** The program's own answer to the wish. */
  readonly onStop: (() => void) | undefined
  /** What ends a program that does not look after itself. */
  interrupt(): void
  warn(line: string): void
}

/** Whether somebody, in the page or elsewhere, wants the program to end. */
export interface StopRequest {
  /** Aborts when the wish comes. Whoever takes it ends the program by himself. */
  readonly signal: AbortSignal
  /** The same for loops that never wait. Whoever reads it ends the program by himself. */
  readonly isWanted: boolean
  close(): void
}

export function createStopRequest({ watch, onStop, interrupt, warn }: StopRequestOptions): StopRequest {
  const controller = new AbortController()
  let isHandled = onStop !== undefined

  const watcher = watch(() => {
    watcher.close()
    controller.abort(new Error('The run was stopped by a user.'))
    if (onStop !== undefined) callSafely(onStop, warn)
    else if (!isHandled) interrupt()
  })

  return {
    get signal() {
      isHandled = true
      return controller.signal
    },
    get isWanted() {
      isHandled = true
      if (!controller.signal.aborted) watcher.look()
      return controller.signal.aborted
    },
    close: () => watcher.close(),
  }
}

/** An error of the program's own function must not end the program in a way that it did not choose. */
function callSafely(onStop: () => void, warn: (line: string) => void): void {
  try {
    onStop()
  } catch (error) {
    warn(`onStop has thrown: ${error instanceof Error ? error.message : String(error)}`)
  }
}
