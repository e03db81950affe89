import { type ReactElement, useLayoutEffect, useMemo } from 'react'
import { useDrawnRuns } from '../../hooks/runs/use-drawn-runs.ts'
import { type RunsOfSetOptions, useRunsOfSet } from '../../hooks/runs/use-runs-of-set.ts'
import type { RunsOfOther } from '../../hooks/workspace/use-drawn-sets.ts'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { parseViewState } from '../../view/address/url-state.ts'
import type { WorkspaceRunSet } from '../../view/workspace/workspace.ts'

/** Loads the runs of the sets that are on and not the chosen one. Shows nothing. */
export function OtherRunSets({ page }: { readonly page: WorkspacePage }): readonly ReactElement[] {
  const { state, chosenId, drawn, runsOptions } = page
  return state.workspace.runSets
    .filter(({ id, isEnabled }) => isEnabled && id !== chosenId)
    .map((set) => <OtherRunSet key={set.id} onRuns={drawn.onOther} options={runsOptions} set={set} />)
}

function OtherRunSet(props: {
  readonly set: WorkspaceRunSet
  readonly options: RunsOfSetOptions
  readonly onRuns: (id: string, found: RunsOfOther) => void
}): null {
  const { set, options, onRuns } = props
  const { id, params } = set
  const view = useMemo(() => parseViewState(params), [params])
  const { runs } = useRunsOfSet(set, view, options)
  const { total } = runs
  const visibleRuns = useDrawnRuns(options.address, runs.visibleRuns)
  useLayoutEffect(() => onRuns(id, { total, visibleRuns }), [id, total, visibleRuns, onRuns])
  return null
}
