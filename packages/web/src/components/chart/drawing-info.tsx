import { Info } from 'lucide-react'
import { lazy, type ReactElement, Suspense } from 'react'
import type { DrawingFacts } from '../../chart/drawing-account.ts'
import { PopoverButton } from '../controls/popover-button.tsx'

const DrawingAccountList = lazy(() =>
  import('./drawing-account-list.tsx').then((module) => ({ default: module.DrawingAccountList })),
)

/** Tells how a chart was made of what was logged: smoothing, reduction to buckets, groups, what is out of sight. */
export function DrawingInfo({
  facts,
}: {
  /** Asked when somebody opens it. */
  readonly facts: () => DrawingFacts
}): ReactElement {
  return (
    <PopoverButton
      className="icon-button"
      face={<Info size={15} />}
      label="How this is drawn"
      panelClassName="w-80 p-3"
    >
      {() => (
        <Suspense>
          <DrawingAccountList facts={facts()} />
        </Suspense>
      )}
    </PopoverButton>
  )
}
