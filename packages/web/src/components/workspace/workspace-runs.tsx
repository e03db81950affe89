import type { ReactElement } from 'react'
import type { WorkspacePage } from '../../hooks/use-workspace-page.ts'
import { toggleRun } from '../../view/run-selection.ts'
import { RunsList } from '../runs/runs-list.tsx'

/** The runs of a workspace beside its panels; on narrow screens above them. */
export function WorkspaceRuns(props: { readonly page: WorkspacePage; readonly onClose: () => void }): ReactElement {
  const { address, view, store, runs, filterState, onOnlyRun } = props.page
  const viewStore = store.view
  return (
    <>
      {/* On narrow screens the list lies over the charts; the rest of the screen closes it. */}
      <button
        aria-label="Close the runs list"
        className="absolute inset-0 z-20 bg-black/30 lg:hidden"
        onClick={props.onClose}
        type="button"
      />
      <aside
        aria-label="Runs"
        className="absolute inset-y-0 left-0 z-30 w-72 shrink-0 border-line border-r bg-panel max-sm:inset-x-0 max-sm:top-auto max-sm:h-3/4 max-sm:w-auto max-sm:rounded-t-xl max-sm:border-t lg:static"
      >
        <RunsList
          address={address}
          filterState={filterState}
          onOnly={onOnlyRun}
          onQuery={(query) => viewStore.update({ query })}
          onSelect={(selection) => viewStore.update({ runs: selection })}
          onToggle={(runId, index) => viewStore.update({ runs: toggleRun(viewStore.get().runs, runId, index) })}
          query={view.query}
          runs={runs}
          selection={view.runs}
        />
      </aside>
    </>
  )
}
