/** A message about something that has finished in the background. */
export interface Toast {
  readonly id: number
  /** What has happened: `3 runs moved to trash`. */
  readonly text: string
  /** Takes it back. Offered while the toast is on screen, and later in the list of notifications. */
  readonly undo: (() => unknown) | undefined
  /** Tries what went wrong once more. */
  readonly retry: (() => unknown) | undefined
  /** Something went wrong: it stays on screen until somebody closes it. */
  readonly isProblem: boolean
  readonly atMs: number
  /** False once it is only in the list. */
  readonly isOnScreen: boolean
  readonly isUndone: boolean
  /** Things were edited: the key that undoes changes of the view takes it back too. */
  readonly isEdit: boolean
}

/** The page's messages. */
export interface ToastStore {
  get(): readonly Toast[]
  subscribe(listener: () => void): () => void
  /** Shows a message for {@link toastMs}. */
  show(text: string, undo?: () => unknown): void
  /** The same of an edit, which {@link ToastStore.lastEdit} finds. */
  showEdit(text: string, undo: (() => unknown) | undefined): void
  /** The newest edit that can be taken back, if it is newer than a time in Unix milliseconds. */
  lastEdit(sinceMs: number): Toast | undefined
  /** Shows what went wrong: an error, or words. @param retry - Tries it once more. */
  showProblem(problem: unknown, retry?: () => unknown): void
  /** Takes a message off the screen; it stays in the list. */
  close(id: number): void
  /** Takes back what a message was about. @returns whether it is taken back; otherwise people were told. */
  undo(id: number): Promise<boolean>
  /** Tries once more what a message says has failed; the message goes. */
  retry(id: number): void
  /** Nothing leaves the screen while somebody points at it or has the focus in it. */
  pause(): void
  resume(): void
  clear(): void
}

/** A message is on screen for so long. */
export const toastMs = 8000
/** The list keeps so many, newest first. */
const keptMax = 50

/** A store without messages. */
export function createToastStore(now: () => number = Date.now): ToastStore {
  const listeners = new Set<() => void>()
  const leavesAtMs = new Map<number, number>()
  let toasts: readonly Toast[] = []
  let nextId = 1
  let pausedAtMs: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const set = (next: readonly Toast[]): void => {
    toasts = next
    for (const listener of listeners) listener()
  }
  const patch = (id: number, change: Partial<Toast>): void =>
    set(toasts.map((toast) => (toast.id === id ? { ...toast, ...change } : toast)))
  const close = (id: number): void => {
    leavesAtMs.delete(id)
    patch(id, { isOnScreen: false })
  }
  function schedule(): void {
    clearTimeout(timer)
    const next = Math.min(...leavesAtMs.values())
    if (pausedAtMs !== undefined || next === Number.POSITIVE_INFINITY) return
    timer = setTimeout(
      () => {
        for (const [id, atMs] of leavesAtMs) if (atMs <= now()) close(id)
        schedule()
      },
      Math.max(0, next - now()),
    )
  }
  function add(text: string, of: Partial<Pick<Toast, 'undo' | 'retry' | 'isProblem' | 'isEdit'>>): void {
    const id = nextId++
    const { undo, retry, isProblem = false, isEdit = false } = of
    if (!isProblem) leavesAtMs.set(id, now() + toastMs)
    const toast = { id, text, undo, retry, isProblem, isEdit, atMs: now(), isOnScreen: true, isUndone: false }
    set([toast, ...toasts].slice(0, keptMax))
    schedule()
  }
  const showProblem: ToastStore['showProblem'] = (problem, retry) => add(messageOf(problem), { retry, isProblem: true })
  return {
    get: () => toasts,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show: (text, undo) => add(text, { undo }),
    showEdit: (text, undo) => add(text, { undo, isEdit: true }),
    lastEdit: (sinceMs) => toasts.find((one) => one.isEdit && one.undo && !one.isUndone && one.atMs > sinceMs),
    showProblem,
    close,
    async undo(id) {
      const toast = toasts.find((one) => one.id === id)
      if (!toast?.undo || toast.isUndone) return false
      patch(id, { isUndone: true })
      close(id)
      try {
        await toast.undo()
        return true
      } catch (error) {
        patch(id, { isUndone: false })
        showProblem(`Could not undo: ${messageOf(error)}`)
        return false
      }
    },
    retry(id) {
      const toast = toasts.find((one) => one.id === id)
      // A message of its own says what comes of it.
      set(toasts.filter((one) => one !== toast))
      toast?.retry?.()
    },
    pause() {
      pausedAtMs ??= now()
      schedule()
    },
    resume() {
      if (pausedAtMs === undefined) return
      const pauseMs = now() - pausedAtMs
      pausedAtMs = undefined
      for (const [id, atMs] of leavesAtMs) leavesAtMs.set(id, atMs + pauseMs)
      schedule()
    },
    clear() {
      leavesAtMs.clear()
      set([])
    },
  }
}

function messageOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem)
}
