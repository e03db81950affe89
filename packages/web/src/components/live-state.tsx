import { type ReactElement, useSyncExternalStore } from 'react'
import { useNow } from '../hooks/use-store.ts'
import { liveStatusText, secondsUntil } from '../live/live-status.ts'
import { useServices } from '../services.ts'

const wallClock = (): number => Date.now()

/** Whether what one sees is current: a dot and a word. A click tries again at once. */
export function LiveState(): ReactElement {
  const { live } = useServices()
  const status = useSyncExternalStore(live.onStatus, live.status)
  const now = useNow(wallClock)
  const text = liveStatusText(status, now)
  const isLost = status.kind === 'reconnecting'
  const color = status.kind === 'live' ? 'bg-live' : isLost ? 'bg-bad' : 'bg-waiting'
  return (
    <button
      aria-label={isLost ? `${text}. Retry now` : text}
      className="flex h-7 items-center gap-2 whitespace-nowrap rounded-md px-2 hover:bg-hover"
      onClick={() => live.retryNow()}
      title={
        isLost
          ? 'The connection to the server is lost. Click to retry now.'
          : 'Changes on the server appear here at once.'
      }
      type="button"
    >
      <span aria-hidden="true" className={`size-2 rounded-full ${color}`} />
      {text}
    </button>
  )
}

/** A line across the page while the server does not answer. */
export function OfflineBanner(): ReactElement | null {
  const { live } = useServices()
  const status = useSyncExternalStore(live.onStatus, live.status)
  const now = useNow(wallClock)
  // A restarting server is back within a moment; that is no news.
  if (status.kind !== 'reconnecting' || now - status.sinceMs < 3000) return null
  const wait = status.retryAtMs > now ? `Retrying in ${secondsUntil(status.retryAtMs, now)} s.` : 'Retrying.'
  return (
    <p className="shrink-0 bg-waiting-surface px-3 py-1.5 text-waiting" role="status">
      <span>
        Can’t reach the server at <code className="font-mono">{location.host}</code>. Your runs keep their data on disk
        and will sync later.
      </span>{' '}
      <span aria-hidden="true">{wait}</span>
    </p>
  )
}
