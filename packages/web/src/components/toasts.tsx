import { X } from 'lucide-react'
import { type ReactElement, useSyncExternalStore } from 'react'
import { useServices } from '../services.ts'
import type { Toast } from '../view/toasts.ts'

/** What was just done, above everything else, with its undo. */
export function Toasts(): ReactElement {
  const { toasts } = useServices()
  const shown = useSyncExternalStore(toasts.subscribe, toasts.get)
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      className="pointer-events-none fixed bottom-4 left-1/2 z-50 flex w-max max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col gap-2"
      onBlur={() => toasts.setPaused(false)}
      onFocus={() => toasts.setPaused(true)}
      onPointerEnter={() => toasts.setPaused(true)}
      onPointerLeave={() => toasts.setPaused(false)}
    >
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

function ToastCard({ toast }: { readonly toast: Toast }): ReactElement {
  const { toasts } = useServices()
  const { undo } = toast
  const takeBack = async (): Promise<void> => {
    toasts.dismiss(toast.id)
    try {
      await undo?.()
    } catch (error) {
      toasts.show(`Could not undo: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return (
    <div className="pointer-events-auto flex items-center gap-3 rounded-lg bg-raised py-2 pr-2 pl-4 shadow-pop">
      <span className="min-w-0">{toast.text}</span>
      {undo && (
        <button className="link-text ml-auto shrink-0 font-medium" onClick={() => void takeBack()} type="button">
          Undo
        </button>
      )}
      <button
        aria-label="Dismiss"
        className="icon-button"
        onClick={() => toasts.dismiss(toast.id)}
        title="Dismiss"
        type="button"
      >
        <X size={14} />
      </button>
    </div>
  )
}
