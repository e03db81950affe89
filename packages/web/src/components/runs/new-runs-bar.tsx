import { ArrowUp } from 'lucide-react'
import type { ReactElement } from 'react'
import type { HeldNews } from '../../hooks/runs/use-held-lists.ts'
import { heldBackText } from '../../view/runs/hold-list.ts'

/** Says at the foot of a list what it does not show yet, so that no row moves: over it, and a click shows it. */
export function NewRunsBar({
  news,
  noun = 'run',
}: {
  readonly news: HeldNews
  /** What the list is of. */
  readonly noun?: 'run' | 'group'
}): ReactElement | null {
  const text = heldBackText(news, noun)
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-2 z-10 flex justify-center" role="status">
      {text !== undefined && (
        <button
          className="button pointer-events-auto bg-raised shadow-pop"
          onClick={news.letIn}
          title="Rows keep their places while you work in the list. Click to see it as it is now"
          type="button"
        >
          <ArrowUp aria-hidden="true" size={14} />
          {text}
        </button>
      )}
    </div>
  )
}
