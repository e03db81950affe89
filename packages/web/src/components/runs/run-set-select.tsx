import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { isSameProject } from '../../view/run/run-key.ts'
import { runSetAddress } from '../../view/workspace/run-set-project.ts'
import type { Workspace } from '../../view/workspace/workspace.ts'
import { findRunSet } from '../../view/workspace/workspace-address.ts'

/** Which of the sets of runs of the view a table shows; nothing where it has one alone. */
export function RunSetSelect(props: {
  /** Of the view. */
  readonly address: ProjectAddress
  readonly workspace: Workspace
  /** As the address says it. */
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}): ReactElement | null {
  const { address, workspace } = props
  const { runSets } = workspace
  if (workspace.runSets.length === 1) return null
  return (
    <label className="flex min-w-0 items-center gap-1.5 whitespace-nowrap text-muted">
      Run set
      <select
        className="control max-w-44 min-w-0 text-text"
        onChange={({ target }) => props.onChoose(target.value)}
        value={findRunSet(workspace, props.chosen).id}
      >
        {workspace.runSets.map((set) => (
          <option key={set.id} value={set.id}>
            {set.name}
            {placeText(runSetAddress(runSets, set, address), address)}
          </option>
        ))}
      </select>
    </label>
  )
}

function placeText(at: ProjectAddress, own: ProjectAddress): string {
  return isSameProject(at, own) ? '' : ` (${at.entity}/${at.project})`
}
