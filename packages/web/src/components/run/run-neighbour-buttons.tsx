import { useLocation, useNavigate } from '@tanstack/react-router'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { type ReactElement, useCallback } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useRunNeighbours } from '../../hooks/runs/use-run-neighbours.ts'
import { useKeyText } from '../../hooks/use-key-text.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import { keepRunSet } from '../../view/run/run-set.ts'

/** To the runs before and after this one, in the list it was opened from; the tab stays. */
export function RunNeighbourButtons(props: { readonly address: ProjectAddress; readonly runId: string }): ReactElement {
  const { address, runId } = props
  const { previous, next, place } = useRunNeighbours(address, runId)
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const go = useCallback(
    (to: string | undefined): unknown => {
      if (to === undefined) return false
      // `/entity/project/runs/run/tab`; what is open in a tab of one run is not in the next.
      const tab = pathname.split('/')[5]
      return navigate({
        to: (tab
          ? `/$entity/$project/runs/$runId/${tab}`
          : '/$entity/$project/runs/$runId') as '/$entity/$project/runs/$runId',
        params: { ...address, runId: to },
        search: keepRunSet as never,
      })
    },
    [navigate, pathname, address],
  )
  const goPrevious = useCallback(() => go(previous?.runId), [go, previous])
  const goNext = useCallback(() => go(next?.runId), [go, next])
  useShortcut('previous-run', goPrevious)
  useShortcut('next-run', goNext)
  const previousKey = useKeyText('previous-run')
  const nextKey = useKeyText('next-run')
  return (
    <span className="flex items-center">
      {place !== undefined && <span className="mr-1 text-muted text-sm">{place}</span>}
      <button
        aria-label="Previous run"
        className="icon-button"
        disabled={previous === undefined}
        onClick={goPrevious}
        title={previous ? `Previous run: ${previous.displayName}${hint(previousKey)}` : 'No run before this one'}
        type="button"
      >
        <ChevronUp size={15} />
      </button>
      <button
        aria-label="Next run"
        className="icon-button"
        disabled={next === undefined}
        onClick={goNext}
        title={next ? `Next run: ${next.displayName}${hint(nextKey)}` : 'No run after this one'}
        type="button"
      >
        <ChevronDown size={15} />
      </button>
    </span>
  )
}

function hint(key: string | undefined): string {
  return key === undefined ? '' : ` (${key})`
}
