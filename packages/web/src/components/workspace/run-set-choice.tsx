import type { ReactElement } from 'react'
import type { WorkspaceRunSet } from '../../view/workspace/workspace.ts'

/** Which sets of runs a panel draws: nothing to be chosen where there is one alone. */
export function RunSetChoice(props: {
  readonly runSets: readonly WorkspaceRunSet[]
  /** Undefined: all that are on. */
  readonly chosen: string | undefined
  readonly onChange: (id: string | undefined) => void
}): ReactElement | null {
  const { runSets, chosen, onChange } = props
  const isGone = chosen !== undefined && !runSets.some(({ id }) => id === chosen)
  if (runSets.length === 1 && !isGone) return null
  return (
    <label className="mb-3 flex flex-col gap-1">
      <span className="font-medium">Runs</span>
      <select className="control" onChange={({ target }) => onChange(target.value || undefined)} value={chosen ?? ''}>
        <option value="">All run sets that are on</option>
        {isGone && <option value={chosen}>A set that was removed: all are drawn</option>}
        {runSets.map(({ id, name, isEnabled }) => (
          <option key={id} value={id}>
            {isEnabled ? name : `${name} (off)`}
          </option>
        ))}
      </select>
    </label>
  )
}
