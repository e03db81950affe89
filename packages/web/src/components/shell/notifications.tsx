import type { ReactElement } from 'react'
import { useNow, useValue, wallClock } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import type { Toast } from '../../view/shell/toast-store.ts'
import { formatAgo, formatDateTime } from '../../view/text/format.ts'

/** The messages of this tab so far; what can still be taken back can be taken back here. */
export function Notifications(): ReactElement {
  const { toasts: store } = useServices()
  const toasts = useValue(store)
  if (toasts.length === 0) return <p className="p-3 text-muted">Nothing has happened in this tab yet.</p>
  return (
    <>
      <ul>
        {toasts.map((toast) => (
          <Line
            key={toast.id}
            onRetry={() => store.retry(toast.id)}
            onUndo={() => void store.undo(toast.id)}
            toast={toast}
          />
        ))}
      </ul>
      <button className="link-text mx-2.5 my-2" onClick={() => store.clear()} type="button">
        Clear the list
      </button>
    </>
  )
}

function Line({
  toast,
  onUndo,
  onRetry,
}: {
  readonly toast: Toast
  readonly onUndo: () => void
  readonly onRetry: () => void
}): ReactElement {
  const now = useNow(wallClock, 5000)
  return (
    <li className="flex items-baseline gap-3 border-line border-b px-2.5 py-2">
      <span className={`min-w-0 flex-1 break-words ${toast.isProblem ? 'text-bad' : ''}`}>
        {toast.text}
        <span className="block text-muted text-sm" title={formatDateTime(toast.atMs)}>
          {formatAgo(toast.atMs, now)}
          {toast.isUndone && ' · undone'}
        </span>
      </span>
      {toast.retry && (
        <button className="link-text" onClick={onRetry} type="button">
          Retry
        </button>
      )}
      {toast.undo && !toast.isUndone && (
        <button className="link-text" onClick={onUndo} type="button">
          Undo
        </button>
      )}
    </li>
  )
}
