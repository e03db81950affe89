import type { ReactElement } from 'react'
import type { SweepAxis } from '../../hooks/sweeps/use-sweep-axis.ts'
import { formatCount } from '../../view/text/format.ts'

/** How many runs the axis of a metric leaves at its ends, and how to see all of it. */
export function BeyondAxis({ axis }: { readonly axis: SweepAxis }): ReactElement | null {
  const { beyondCount, showsAll, setShowsAll } = axis
  if (beyondCount === 0) return null
  const runs = formatCount(beyondCount, 'run')
  return (
    <span>
      {showsAll ? `${runs} far from the others` : `▲▼ ${runs} beyond the axis`}{' '}
      <button className="link-text" onClick={() => setShowsAll(!showsAll)} type="button">
        {showsAll ? 'Leave out' : 'Show all'}
      </button>
    </span>
  )
}
