import { type ReactElement, useEffect, useId, useRef, useState } from 'react'
import type { OpenQuestion } from '../../view/shell/confirm-store.ts'

/** A question that waits for an answer. What has the focus first does no harm: the field to type into, or Cancel. */
export function ConfirmDialog({ question }: { readonly question: OpenQuestion }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const isYes = useRef(false)
  const id = useId()
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
  }, [])
  const { typed } = question
  const isReady = typed === undefined || text === typed
  return (
    <dialog
      aria-describedby={`${id}-text`}
      aria-labelledby={`${id}-title`}
      className="m-auto w-[min(480px,calc(100vw-32px))] rounded-xl bg-raised p-5 text-text shadow-pop"
      onClose={() => question.answer(isYes.current)}
      ref={dialog}
      role="alertdialog"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!isReady) return
          isYes.current = true
          // Closed before it goes away, so that the browser puts the focus back to what asked.
          dialog.current?.close()
        }}
      >
        <h2 className="mb-2 break-words font-semibold text-lg" id={`${id}-title`}>
          {question.title}
        </h2>
        <div className="mb-4 break-words" id={`${id}-text`}>
          {question.lead && <p className="mb-2 font-mono">{question.lead}</p>}
          <p className="text-muted">{question.text}</p>
        </div>
        {typed !== undefined && (
          <label className="mb-4 flex flex-col gap-1">
            <span>
              Type <code className="font-mono font-semibold">{typed}</code> to go on
            </span>
            <input
              autoComplete="off"
              className="control"
              onChange={({ target }) => setText(target.value)}
              spellCheck={false}
              type="text"
              value={text}
            />
          </label>
        )}
        <div className="flex justify-end gap-2">
          <button className="button" onClick={() => dialog.current?.close()} type="button">
            Cancel
          </button>
          <button className="button danger-button" disabled={!isReady} type="submit">
            {question.action}
          </button>
        </div>
      </form>
    </dialog>
  )
}
