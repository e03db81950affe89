import { X } from 'lucide-react'
import { type ReactElement, type ReactNode, useEffect, useId, useRef } from 'react'

/** What one types into: it has the focus first, and not the close button. */
const firstFields = ['input:not([type])', 'input[type="text"]', 'input[type="search"]', 'textarea']
  .map((field) => `${field}:not(:disabled, :read-only)`)
  .join()

/** A modal window with a title; closes with Escape, its button, or a click beside it. */
export function Dialog(props: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly actions?: ReactNode
  /** For what needs more room than a text. */
  readonly isWide?: boolean
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const shown = dialog.current
    if (!shown || shown.open) return
    shown.showModal()
    // A field's autoFocus comes before the window is open and so to nothing; the browser would take the close button.
    shown.querySelector<HTMLElement>(firstFields)?.focus()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, as the browser sees to.
    <dialog
      aria-labelledby={titleId}
      className={`m-auto max-h-[calc(100vh-32px)] overflow-y-auto rounded-xl bg-raised p-5 text-text shadow-pop ${props.isWide ? 'w-[min(1200px,calc(100vw-32px))]' : 'w-[min(720px,calc(100vw-32px))]'}`}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close()
      }}
      onClose={props.onClose}
      ref={dialog}
    >
      <div className="mb-3 flex items-center gap-1">
        <h2 className="min-w-0 break-words font-semibold text-lg" id={titleId}>
          {props.title}
        </h2>
        <span className="ml-auto flex shrink-0 items-center">{props.actions}</span>
        <button aria-label="Close" className="icon-button" onClick={() => dialog.current?.close()} type="button">
          <X size={16} />
        </button>
      </div>
      {props.children}
    </dialog>
  )
}
