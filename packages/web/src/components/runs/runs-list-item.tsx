import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ListGroups } from '../../hooks/workspace/use-list-groups.ts'
import type { TableRow } from '../../view/runs/table-rows.ts'
import { type RunsListActions, RunsListRow } from './runs-list-row.tsx'

/** What stands at a place of the list of runs: a run, a group, or what is not there yet. */
export function RunsListItem(props: {
  readonly address: ProjectAddress
  readonly keyOf: (runId: string) => string
  readonly row: TableRow
  readonly index: number
  readonly isCurrent: boolean
  /** Of runs that somebody has selected. */
  readonly markedIds: ReadonlySet<string>
  readonly drawnIds: ReadonlySet<string>
  readonly pins: readonly string[]
  readonly baseline: string | undefined
  readonly groups: ListGroups | undefined
  readonly actions: RunsListActions
}): ReactElement {
  const { address, row, index, isCurrent, groups, actions } = props
  if (row.kind === 'run') {
    const { runId } = row.run
    const line = (
      <RunsListRow
        actions={actions}
        address={address}
        index={index}
        isBaseline={runId === props.baseline}
        isCurrent={isCurrent}
        isMarked={props.markedIds.has(runId)}
        isPinned={props.pins.includes(runId)}
        isVisible={props.drawnIds.has(runId)}
        run={row.run}
        runKey={props.keyOf(runId)}
      />
    )
    return row.depth === 0 ? line : <div className="h-full pl-3">{line}</div>
  }
  if (row.kind === 'group' && groups) {
    return (
      <groups.Head
        by={groups.by}
        group={row.group}
        inCharts={groups.inCharts(row.group)}
        isCurrent={isCurrent}
        isOpen={row.isOpen}
        name={row.name}
        onFocus={() => actions.focus(index)}
        onShow={(isShown) => groups.show(row.group, isShown)}
        onToggle={() => groups.toggle(row.id)}
      />
    )
  }
  return row.kind === 'placeholder' && row.text !== undefined ? (
    <p className="px-2 py-1 text-muted text-sm">{row.text}</p>
  ) : (
    <div className="skeleton m-1.5 h-5" />
  )
}
