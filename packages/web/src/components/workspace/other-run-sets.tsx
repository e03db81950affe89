import { type ReactElement, useLayoutEffect, useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useDrawnRuns } from '../../hooks/runs/use-drawn-runs.ts'
import { type RunsOfSetOptions, useRunsOfSet } from '../../hooks/runs/use-runs-of-set.ts'
import type { RunsOfOther } from '../../hooks/workspace/use-drawn-sets.ts'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { parseViewState } from '../../view/address/url-state.ts'
import { runSetAddress } from '../../view/workspace/run-set-project.ts'
import type { WorkspaceRunSet } from '../../view/workspace/workspace.ts'

/** Loads the runs of the sets that are on and not the chosen one. Shows nothing. */
export function OtherRunSets({ page }: { readonly page: WorkspacePage }): readonly ReactElement[] {
  const { state, chosenId, drawn, runsOptions } = page
  const { runSets } = state.workspace
  return runSets
    .filter(({ id, isEnabled }) => isEnabled && id !== chosenId)
    .map((set) => (
      <OtherRunSet
        at={runSetAddress(runSets, set, runsOptions.address)}
        key={set.id}
        onRuns={drawn.onOther}
        options={runsOptions}
        set={set}
      />
    ))
}

function OtherRunSet(props: {
  readonly set: WorkspaceRunSet
  /** Where its runs are. */
  readonly at: ProjectAddress
  readonly options: RunsOfSetOptions
  readonly onRuns: (id: string, found: RunsOfOther) => void
}): null {
  const { set, at, options, onRuns } = props
  const { id, params } = set
  const view = useMemo(() => parseViewState(params), [params])
  const { runs, runsFilter: filter } = useRunsOfSet(set, at, view, options)
  const { total, error } = runs
  const visibleRuns = useDrawnRuns(at, runs.visibleRuns)
  useLayoutEffect(
    () => onRuns(id, { total, error, visibleRuns, filter }),
    [id, total, error, visibleRuns, filter, onRuns],
  )
  return null
}
