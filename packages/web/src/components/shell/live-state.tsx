import { lazy, type ReactElement, Suspense, useCallback, useSyncExternalStore } from 'react'
import { useNow, useShortcut, useValue, wallClock } from '../../hooks/use-store.ts'
import { type LiveStatus, liveStatusText, secondsUntil } from '../../live/live-status.ts'
import { useServices } from '../../services.ts'
import { waitingText } from '../../view/writes/waiting-writes.ts'
import { PopoverButton } from '../controls/popover-button.tsx'

const WaitingWrites = lazy(async () => ({ default: (await import('./waiting-writes.tsx')).WaitingWrites }))

const explanations: Readonly<Record<LiveStatus['kind'], string>> = {
  connecting: 'The page asks the server for its live changes.',
  live: 'What changes on the server appears here at once.',
  paused: 'Nothing here changes by itself now. What happens meanwhile is kept on the server.',
  reconnecting: 'The connection to the server is lost. What is on screen stays, and the page tries again by itself.',
}

/** Whether what one sees is current: a dot and a word. A click explains, and offers to try again or to hold. */
export function LiveState(): ReactElement {
  const { live, writes, waitingViews } = useServices()
  const status = useSyncExternalStore(live.onStatus, live.status)
  const now = useNow(wallClock)
  const waiting = useValue(writes.waiting)
  const viewCount = useValue(waitingViews)
  const waitingCount = waiting.length + viewCount
  const text = waitingCount > 0 ? `Offline: ${waitingText(waitingCount)}` : liveStatusText(status, now)
  const isLost = status.kind === 'reconnecting' || waitingCount > 0
  const color = isLost ? 'bg-bad' : status.kind === 'live' ? 'bg-live' : 'bg-waiting'
  useShortcut(
    'pause-live',
    useCallback(() => (live.status().kind === 'paused' ? live.resume() : live.pause()), [live]),
  )
  return (
    <PopoverButton
      className="flex h-7 items-center gap-2 whitespace-nowrap rounded-md px-2 hover:bg-hover"
      face={
        <>
          <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${color}`} />
          <span className="max-sm:sr-only">{text}</span>
        </>
      }
      label={text}
      title={explanations[status.kind]}
    >
      {(close) => (
        <div className="p-3">
          <p className="mb-3">{explanations[isLost ? 'reconnecting' : status.kind]}</p>
          {waitingCount > 0 && (
            <Suspense>
              <WaitingWrites viewCount={viewCount} writes={waiting} />
            </Suspense>
          )}
          {isLost ? (
            <button
              className="button"
              onClick={() => {
                live.retryNow()
                writes.retry()
              }}
              type="button"
            >
              Retry now
            </button>
          ) : (
            <button
              className="button"
              onClick={() => {
                if (status.kind === 'paused') live.resume()
                else live.pause()
                close()
              }}
              type="button"
            >
              {status.kind === 'paused' ? 'Follow live data again' : 'Stop following live data'}
            </button>
          )}
        </div>
      )}
    </PopoverButton>
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
