import { ArrowUp } from 'lucide-react'
import type { ReactElement } from 'react'
import { formatCount } from '../../view/text/format.ts'

/** Says at the foot of a list that runs have come which are not in it yet; over it, so that no row moves. */
export function NewRunsBar(props: { readonly count: number; readonly onLetIn: () => void }): ReactElement | null {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-2 z-10 flex justify-center" role="status">
      {props.count > 0 && (
        <button
          className="button pointer-events-auto bg-raised shadow-pop"
          onClick={props.onLetIn}
          title="They are put in once nobody is at work in the list"
          type="button"
        >
          <ArrowUp aria-hidden="true" size={14} />
          {formatCount(props.count, 'new run')}
        </button>
      )}
    </div>
  )
}
