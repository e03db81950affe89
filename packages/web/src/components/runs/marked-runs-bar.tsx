import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useCompare } from '../../hooks/runs/use-compare.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import { formatCount } from '../../view/text/format.ts'
import { IconButton } from '../controls/icon-button.tsx'

/** Below the list of runs: how many are selected, and what compares them. */
export function MarkedRunsBar(props: {
  readonly address: ProjectAddress
  readonly runIds: readonly string[]
  readonly onClear: () => void
}): ReactElement {
  const { address, runIds, onClear } = props
  const compare = useCompare(address)
  const canCompare = runIds.length > 1
  useShortcut('compare-runs', () => (canCompare ? compare(runIds) : false))
  useShortcut('escape', onClear)
  return (
    <div className="flex items-center gap-2 border-line border-t px-3 py-1.5">
      <span className="mr-auto" role="status">
        {formatCount(runIds.length, 'run')} selected
      </span>
      <button
        className="button"
        disabled={!canCompare}
        onClick={() => compare(runIds)}
        title="Compare (C)"
        type="button"
      >
        Compare
      </button>
      <IconButton label="Select none" onClick={onClear}>
        <X size={15} />
      </IconButton>
    </div>
  )
}
