import { Layers } from 'lucide-react'
import { lazy, type ReactElement, Suspense } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import { formatCount } from '../../view/text/format.ts'
import { PopoverButton } from '../controls/popover-button.tsx'

const GroupKeys = lazy(() => import('./group-keys.tsx').then((module) => ({ default: module.GroupKeys })))

/** Whose runs are put together, and where that is said. */
export interface GroupButtonProps {
  readonly address: ProjectAddress
  readonly view: Pick<ViewState, 'groupBy'>
  readonly store: ViewStore
}

/** Puts the runs together, in all charts and in the list. */
export function GroupButton(props: GroupButtonProps): ReactElement {
  const { groupBy } = props.view
  const by = groupBy.length === 0 ? '' : `, now by ${formatCount(groupBy.length, 'key')}`
  return (
    <PopoverButton
      className={`button shrink-0 px-1.5 max-sm:hidden ${groupBy.length > 0 ? 'bg-selected' : ''}`}
      face={
        <>
          <Layers aria-hidden="true" size={16} />
          {groupBy.length > 0 && <span className="text-sm">{groupBy.length}</span>}
        </>
      }
      label={`Group runs${by}`}
      panelClassName="w-80 p-3"
      title={groupBy.length === 0 ? 'Group runs' : `Runs are grouped by ${groupBy.join(', ')}`}
    >
      {() => (
        <Suspense>
          <GroupKeys {...props} />
        </Suspense>
      )}
    </PopoverButton>
  )
}
