import { SlidersHorizontal } from 'lucide-react'
import { type CSSProperties, lazy, type ReactElement, Suspense, useState } from 'react'
import { useKeptWidth } from '../../hooks/use-kept-width.ts'
import type { ListGroups } from '../../hooks/workspace/use-list-groups.ts'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { isSameProject } from '../../view/run/run-key.ts'
import { togglePin } from '../../view/runs/pinned-runs.ts'
import { toggleRun } from '../../view/runs/run-selection.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { RunsList, type RunsListProps } from '../runs/runs-list.tsx'
import { ResizeHandle } from '../shell/resize-handle.tsx'

const ColoringLegend = lazy(() =>
  import('./coloring-legend.tsx').then((module) => ({ default: module.ColoringLegend })),
)
const RunSetHeads = lazy(() => import('./run-set-heads.tsx').then((module) => ({ default: module.RunSetHeads })))
const LoadListGroups = lazy(() =>
  import('./load-list-groups.tsx').then((module) => ({ default: module.LoadListGroups })),
)
const RunsRefused = lazy(() => import('./runs-refused.tsx').then((module) => ({ default: module.RunsRefused })))
const AddProjectRuns = lazy(() =>
  import('./add-project-runs.tsx').then((module) => ({ default: module.AddProjectRuns })),
)
const RunsOptions = lazy(() => import('./runs-options.tsx').then((module) => ({ default: module.RunsOptions })))

const initialWidth = 288

/** The runs of a workspace beside its panels; on narrow screens above them. */
export function WorkspaceRuns(props: { readonly page: WorkspacePage; readonly onClose: () => void }): ReactElement {
  const { address, chosenAt, keyOf, view, state, store, runs, filterState, chosenId, onOnlyRun } = props.page
  const viewStore = store.view
  const { runSets } = state.workspace
  const index = runSets.findIndex(({ id }) => id === chosenId)
  const chosen = runSets[index]!
  const isRefused = runs.total === undefined && runs.error !== null && !isSameProject(chosenAt, address)
  // With one set nothing is to be chosen, unless it was turned off elsewhere.
  const hasHeads = runSets.length > 1 || !chosen.isEnabled
  const hasColoring = state.workspace.separated.length > 0 || chosen.coloring.kind !== 'own'
  const [width, setWidth] = useKeptWidth('runs', initialWidth)
  const isGrouped = view.groupBy.length > 0
  const [isAdding, setIsAdding] = useState(false)
  const [groups, setGroups] = useState<ListGroups>()
  const list: RunsListProps = {
    address: chosenAt,
    keyOf,
    groups: isGrouped ? groups : undefined,
    baseline: view.baseline,
    filterState,
    onBaseline: (runId) => viewStore.update({ baseline: view.baseline === runId ? undefined : runId }),
    onOnly: (runId) => onOnlyRun(keyOf(runId)),
    onPin: (runId) => viewStore.update({ pins: togglePin(viewStore.get().pins, runId) }),
    onQuery: (query) => viewStore.update({ query }),
    onSelect: (selection) => viewStore.update({ runs: selection }),
    onToggle: (runId, isVisible) => viewStore.update({ runs: toggleRun(viewStore.get().runs, runId, isVisible) }),
    options: (
      <PopoverButton
        className="icon-button"
        face={<SlidersHorizontal size={15} />}
        label="Options of the runs"
        panelClassName="w-80 p-3"
      >
        {(close) => (
          <Suspense>
            <RunsOptions onAddProject={() => setIsAdding(true)} onClose={close} page={props.page} />
          </Suspense>
        )}
      </PopoverButton>
    ),
    legend: hasColoring && (
      <Suspense>
        <ColoringLegend page={props.page} />
      </Suspense>
    ),
    pins: view.pins,
    query: view.query,
    runs,
    selection: view.runs,
  }
  return (
    <>
      {/* On narrow screens the list lies over the charts; the rest of the screen closes it. */}
      <button
        aria-label="Close the runs list"
        className="absolute inset-0 z-20 bg-black/30 lg:hidden print:hidden"
        onClick={props.onClose}
        type="button"
      />
      <aside
        aria-label="Runs"
        className="absolute inset-y-0 left-0 z-30 flex print:hidden w-72 shrink-0 flex-col border-line lg:w-(--runs-width) border-r bg-panel max-sm:inset-x-0 max-sm:top-auto max-sm:h-3/4 max-sm:w-auto max-sm:rounded-t-xl max-sm:border-t lg:relative"
        style={{ '--runs-width': `${width}px` } as CSSProperties}
      >
        {!chosen.isFilterWhole && (
          <p className="border-line border-b bg-waiting-surface px-3 py-2 text-sm" role="note">
            This view filters runs by something that has no words here: more runs are shown than in W&B.
          </p>
        )}
        {hasHeads && (
          <Suspense>
            <RunSetHeads onAddProject={() => setIsAdding(true)} page={props.page} sets={runSets.slice(0, index + 1)} />
          </Suspense>
        )}
        <div className="min-h-0 flex-1">
          {isRefused ? (
            <Suspense>
              <RunsRefused at={chosenAt} error={runs.error as Error} onRetry={runs.retry} />
            </Suspense>
          ) : (
            <RunsList {...list} />
          )}
          {isGrouped && (
            <Suspense>
              <LoadListGroups onGroups={setGroups} page={props.page} />
            </Suspense>
          )}
        </div>
        {hasHeads && index < runSets.length - 1 && (
          <Suspense>
            <RunSetHeads onAddProject={() => setIsAdding(true)} page={props.page} sets={runSets.slice(index + 1)} />
          </Suspense>
        )}
        {isAdding && (
          <Suspense>
            <AddProjectRuns onClose={() => setIsAdding(false)} page={props.page} />
          </Suspense>
        )}
        <ResizeHandle
          initial={initialWidth}
          label="the runs list"
          least={200}
          most={640}
          onResize={setWidth}
          side="right"
          width={width}
        />
      </aside>
    </>
  )
}
