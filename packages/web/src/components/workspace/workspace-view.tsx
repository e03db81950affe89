import type { OpenedWorkspaceResponse } from '@lossline/protocol'
import { useNavigate } from '@tanstack/react-router'
import { PanelLeft } from 'lucide-react'
import { lazy, type ReactElement, Suspense, useCallback, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useDocumentTitle, useShortcut } from '../../hooks/use-store.ts'
import { OtherProjectsContext } from '../../hooks/workspace/other-projects-context.ts'
import { useWorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { useServices } from '../../services.ts'
import { isSameProject } from '../../view/run/run-key.ts'
import { isStale } from '../../view/runs/run-filter.ts'
import { usualViewName } from '../../view/workspace/own-view.ts'
import { ErrorMessage } from '../shell/page-message.tsx'
import { CappedRuns } from './capped-runs.tsx'
import { GroupButton } from './group-button.tsx'
import { nothingDrawn } from './nothing-drawn.tsx'
import { OtherRunSets } from './other-run-sets.tsx'
import { PanelWorkbench } from './panel-workbench.tsx'
import { WorkspaceBar } from './workspace-bar.tsx'
import { WorkspaceRuns } from './workspace-runs.tsx'

const EmptyWorkspace = lazy(() =>
  import('./empty-workspace.tsx').then((module) => ({ default: module.EmptyWorkspace })),
)

const FirstHints = lazy(() => import('../first-run/first-hints.tsx').then((module) => ({ default: module.FirstHints })))
const RunSetKeys = lazy(() => import('./run-set-keys.tsx').then((module) => ({ default: module.RunSetKeys })))

/** Runs beside their panels, as people arranged them. */
export function WorkspaceView(
  props: ProjectAddress & { readonly group: string | undefined; readonly opened: OpenedWorkspaceResponse },
): ReactElement {
  const { entity, project, group, opened } = props
  const { embed } = useServices()
  const page = useWorkspacePage({ entity, project }, group, opened)
  const { view, runs, metrics, chosenAt } = page
  const [isListOpen, setIsListOpen] = useState(() => innerWidth >= 1024 && !embed)
  useDocumentTitle(group ?? project)
  useShortcut(
    'toggle-runs-list',
    useCallback(() => setIsListOpen((old) => !old), []),
  )
  const navigate = useNavigate()
  // What is wrong with a set of another project stands in its list: the others are drawn all the same.
  const isElsewhere = !isSameProject(chosenAt, page.address)
  const isAlone = page.context.otherProjects?.length === 0
  const error = (!isElsewhere && runs.total === undefined && runs.error) || (!metrics.data && metrics.error)
  if (error) {
    return (
      <main className="flex flex-1">
        <ErrorMessage
          error={error}
          onRetry={() => {
            runs.retry()
            void metrics.refetch()
          }}
        />
      </main>
    )
  }
  if (
    isAlone &&
    !isElsewhere &&
    runs.total === 0 &&
    view.query === '' &&
    group === undefined &&
    page.drawn.runs.length === 0
  ) {
    return (
      <main className="flex flex-1 flex-col overflow-y-auto">
        <Suspense>
          <EmptyWorkspace entity={entity} project={project} />
        </Suspense>
      </main>
    )
  }
  return (
    <OtherProjectsContext value={page.context.otherProjects ?? noOthers}>
      <div className="relative flex min-h-0 flex-1 print:block">
        <OtherRunSets page={page} />
        <Suspense>
          <RunSetKeys page={page} />
        </Suspense>
        {isListOpen && <WorkspaceRuns onClose={() => setIsListOpen(false)} page={page} />}
        <main
          className="group/main flex min-w-0 flex-1 flex-col"
          data-stale={isStale(page.filterState, runs) || undefined}
        >
          <h1 className="sr-only print:not-sr-only print:px-3 print:font-semibold print:text-xl">
            {group === undefined ? `Workspace of ${project}` : `Group ${group} of ${project}`}
          </h1>
          <PanelWorkbench
            bar={(layout, actions) => (
              <WorkspaceBar
                {...actions}
                actions={page.actions}
                address={page.address}
                hasWords={layout.hasWords}
                isOwn={page.isOwn}
                mayWrite={opened.mayWrite}
                state={page.state}
                store={page.store}
                usualName={usualViewName(opened)}
              />
            )}
            barGroup={<GroupButton address={chosenAt} store={page.store.view} view={view} />}
            barStart={
              <button
                aria-expanded={isListOpen}
                aria-label="Runs list"
                className="icon-button"
                onClick={() => setIsListOpen(!isListOpen)}
                title="Runs list (\\)"
                type="button"
              >
                <PanelLeft size={16} />
              </button>
            }
            hasLegend={!isListOpen}
            // The list of runs beside them says so too.
            head={!isListOpen && <CappedRuns page={page} />}
            hints={
              <Suspense>
                <FirstHints />
              </Suspense>
            }
            isReady={page.areMetricsKnown}
            mayWrite={opened.mayWrite}
            nothing={nothingDrawn(page)}
            onOpenView={(nw) => void navigate({ to: '.', search: { nw } as never })}
            page={page}
            runs={page.drawn.runs}
            title="Workspace"
          />
        </main>
      </div>
    </OtherProjectsContext>
  )
}

const noOthers: readonly never[] = []
