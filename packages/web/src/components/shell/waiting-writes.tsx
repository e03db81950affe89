import type { ReactElement } from 'react'
import { useServices } from '../../services.ts'
import type { Write } from '../../view/writes/write.ts'

/** Changes that are sent once the server is back, each of which can be taken back. */
export function WaitingWrites({
  writes,
  viewCount,
}: {
  readonly writes: readonly Write[]
  readonly viewCount: number
}): ReactElement {
  const { writes: queue } = useServices()
  return (
    <>
      <p className="mb-1">
        Sent in this order once the server is back, also after a reload of this tab. Closing the tab before loses them.
      </p>
      <ul aria-label="Changes that wait" className="mb-3 max-h-60 overflow-y-auto">
        {writes.map(({ id, what }) => (
          <li className="flex items-baseline gap-2" key={id}>
            <span className="min-w-0 flex-1 break-words">{what}</span>
            <button
              aria-label={`Take back: ${what}`}
              className="link-text"
              onClick={() => void queue.drop(id)}
              type="button"
            >
              Take back
            </button>
          </li>
        ))}
        {viewCount > 0 && <li>save the view on this page</li>}
      </ul>
    </>
  )
}
