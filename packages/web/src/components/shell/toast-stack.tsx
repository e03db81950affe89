import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import { useValue } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'

/** Messages about what has finished, at the bottom of the page. They wait while somebody points at them. */
export function ToastStack(): ReactElement {
  const { toasts: store } = useServices()
  const onScreen = useValue(store).filter((toast) => toast.isOnScreen)
  return (
    <section
      aria-label="Messages"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-40 flex flex-col-reverse items-center gap-2 px-3 max-sm:bottom-16 print:hidden"
      onBlur={() => store.resume()}
      onFocus={() => store.pause()}
      onPointerEnter={() => store.pause()}
      onPointerLeave={() => store.resume()}
    >
      <div aria-live="polite" className="contents" role="status">
        {onScreen.map((toast) => (
          <div
            className={`pointer-events-auto flex max-w-full items-center gap-3 rounded-lg border bg-raised py-1.5 pr-1.5 pl-4 shadow-pop ${toast.isProblem ? 'border-bad text-bad' : 'border-line'}`}
            key={toast.id}
          >
            <span className="min-w-0 break-words">{toast.text}</span>
            {toast.undo && (
              <button className="button font-medium" onClick={() => void store.undo(toast.id)} type="button">
                Undo
              </button>
            )}
            {toast.retry && (
              <button className="button font-medium" onClick={() => store.retry(toast.id)} type="button">
                Retry
              </button>
            )}
            <button
              aria-label="Close the message"
              className="icon-button"
              onClick={() => store.close(toast.id)}
              type="button"
            >
              <X size={14} />
            </button>
          </div>
        ))}
      </div>
    </section>
  )
}
