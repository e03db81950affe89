/** A short message about something that was done, and how to take it back. */
export interface Toast {
  readonly id: number
  readonly text: string
  readonly undo: (() => Promise<void>) | undefined
}

/** Messages that go by themselves after {@link toastMs}. */
export interface ToastStore {
  get(): readonly Toast[]
  subscribe(listener: () => void): () => void
  show(text: string, undo?: () => Promise<void>): void
  dismiss(id: number): void
  /** While somebody reads or points at them, they stay. */
  setPaused(isPaused: boolean): void
}

export const toastMs = 8000

export function createToastStore(): ToastStore {
  let toasts: readonly Toast[] = []
  let nextId = 1
  let isPaused = false
  const timers = new Map<number, ReturnType<typeof setTimeout>>()
  const listeners = new Set<() => void>()
  const set = (next: readonly Toast[]): void => {
    toasts = next
    for (const listener of listeners) listener()
  }
  const dismiss = (id: number): void => {
    clearTimeout(timers.get(id))
    timers.delete(id)
    set(toasts.filter((toast) => toast.id !== id))
  }
  const startTimer = (id: number): void => {
    timers.set(
      id,
      setTimeout(() => dismiss(id), toastMs),
    )
  }
  return {
    get: () => toasts,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show(text, undo) {
      const id = nextId++
      set([...toasts, { id, text, undo }])
      if (!isPaused) startTimer(id)
    },
    dismiss,
    setPaused(next) {
      if (next === isPaused) return
      isPaused = next
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      if (!next) for (const { id } of toasts) startTimer(id)
    },
  }
}
