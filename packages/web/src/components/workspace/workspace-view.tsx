import type { OpenedWorkspaceResponse } from '@lossline/protocol'
import { useNavigate } from '@tanstack/react-router'
import { PanelLeft } from 'lucide-react'
import { lazy, type ReactElement, Suspense, useCallback, useRef, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useAddress } from '../../hooks/use-address.ts'
import { useDocumentTitle, useShortcut } from '../../hooks/use-store.ts'
import { useWorkspacePage } from '../../hooks/use-workspace-page.ts'
import { FirstRun } from '../../pages/first-run.tsx'
import type { SearchParams } from '../../view/url-state.ts'
import { addPanels } from '../../view/workspace/edit-panels.ts'
import { isSectionNameFree, renameSection } from '../../view/workspace/edit-sections.ts'
import { findFullScreen, fullScreenCodec } from '../../view/workspace/full-screen.ts'
import { xExtent } from '../../view/x-axis.ts'
import { ErrorMessage } from '../page-message.tsx'
import { QuickBar } from '../quick-bar.tsx'
import { FullScreenPanel } from './full-screen-panel.tsx'
import type { SettingsTarget } from './settings-drawer.tsx'
import { WorkspaceBar } from './workspace-bar.tsx'
import { WorkspacePanels } from './workspace-panels.tsx'
import { WorkspaceRuns } from './workspace-runs.tsx'

const AddPanelDialog = lazy(() =>
  import('./add-panel-dialog.tsx').then((module) => ({ default: module.AddPanelDialog })),
)
const SettingsDrawer = lazy(() =>
  import('./settings-drawer.tsx').then((module) => ({ default: module.SettingsDrawer })),
)
const NameDialog = lazy(() => import('./name-dialog.tsx').then((module) => ({ default: module.NameDialog })))

/** Runs beside their panels, as people arranged them. */
export function WorkspaceView(
  props: ProjectAddress & { readonly group: string | undefined; readonly opened: OpenedWorkspaceResponse },
): ReactElement {
  const { entity, project, group, opened } = props
  const page = useWorkspacePage({ entity, project }, group, opened)
  const { address, view, store, state, runs, metrics, edits, shown, xKeys, context } = page
  const [isListOpen, setIsListOpen] = useState(() => innerWidth >= 1024)
  const [target, setTarget] = useState<SettingsTarget>()
  const [addTo, setAddTo] = useState<string>()
  const [renaming, setRenaming] = useState<string>()
  useDocumentTitle(group ?? project)
  useShortcut(
    'toggle-runs-list',
    useCallback(() => setIsListOpen((old) => !old), []),
  )
  const toggleSettings = useCallback(
    () => setTarget((old) => (old === undefined ? { kind: 'workspace' } : undefined)),
    [],
  )
  const homeSection = shown.find(({ isPinned }) => !isPinned)?.name ?? 'Charts'
  const openAdd = useCallback(() => setAddTo(homeSection), [homeSection])

  const navigate = useNavigate()
  const [fullScreen] = useAddress(fullScreenCodec)
  const full = findFullScreen(shown, fullScreen)
  // A page of its own for Back: it is opened, not changed.
  const openPanel = useCallback(
    (panelId: string | undefined) => {
      const without = { panel: undefined, panelDisplayName: undefined, panelSectionName: undefined }
      void navigate({ to: '.', search: ((old: SearchParams) => ({ ...old, ...without, panel: panelId })) as never })
    },
    [navigate],
  )
  /** The panel that was pointed at or focused last, which keys mean. */
  const activeId = useRef<string>(undefined)
  useShortcut(
    'full-screen-panel',
    useCallback(() => (activeId.current === undefined ? false : openPanel(activeId.current)), [openPanel]),
  )
  useShortcut(
    'edit-panel',
    useCallback(
      () => (activeId.current === undefined ? false : setTarget({ kind: 'panel', id: activeId.current })),
      [],
    ),
  )

  const error = (runs.total === undefined && runs.error) || (!metrics.data && metrics.error)
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
  if (runs.total === 0 && view.query === '' && group === undefined) {
    return (
      <main className="overflow-y-auto">
        <FirstRun project={project} />
      </main>
    )
  }
  const panelContext = { ...context, hasLegend: !isListOpen }
  return (
    <div className="relative flex min-h-0 flex-1">
      {isListOpen && <WorkspaceRuns onClose={() => setIsListOpen(false)} page={page} />}
      <main className="flex min-w-0 flex-1 flex-col">
        <h1 className="sr-only">{group === undefined ? `Workspace of ${project}` : `Group ${group} of ${project}`}</h1>
        <div className="flex flex-wrap items-start">
          <button
            aria-expanded={isListOpen}
            aria-label="Runs list"
            className="icon-button mt-2.5 ml-2"
            onClick={() => setIsListOpen(!isListOpen)}
            title="Runs list (\)"
            type="button"
          >
            <PanelLeft size={16} />
          </button>
          <QuickBar store={store.view} view={view} xExtent={xExtent(view.x, runs.visibleRuns)} xKeys={xKeys} />
          <div className="ml-auto">
            <WorkspaceBar
              actions={page.actions}
              address={address}
              areSettingsOpen={target !== undefined}
              isOwn={page.isOwn}
              mayWrite={opened.mayWrite}
              onAdd={openAdd}
              onToggleSettings={toggleSettings}
              state={state}
              store={store}
            />
          </div>
        </div>
        <div className="flex min-h-0 flex-1">
          <div className="flex min-w-0 flex-1 flex-col">
            {full ? (
              <FullScreenPanel
                context={panelContext}
                found={full}
                onClose={() => openPanel(undefined)}
                onEdit={(id) => setTarget({ kind: 'panel', id })}
                onOpen={openPanel}
              />
            ) : (
              <WorkspacePanels
                context={panelContext}
                onActivate={(id) => {
                  activeId.current = id
                }}
                onAdd={setAddTo}
                onFullScreen={openPanel}
                onEditPanel={(id) => setTarget({ kind: 'panel', id })}
                onEditSection={(name) => setTarget({ kind: 'section', name })}
                onRename={setRenaming}
                page={page}
              />
            )}
          </div>
          {target !== undefined && (
            <Suspense>
              <SettingsDrawer
                context={{ workspace: state.workspace, shown, view, xKeys, metrics: context.metrics, edits }}
                onClose={() => setTarget(undefined)}
                target={target}
              />
            </Suspense>
          )}
        </div>
      </main>
      <Suspense>
        {addTo !== undefined && (
          <AddPanelDialog
            context={panelContext}
            initialSection={addTo}
            onAdd={(sectionName, panels) =>
              edits.edit('Add panels', (arranged) => addPanels(arranged, sectionName, panels))
            }
            onClose={() => setAddTo(undefined)}
            sectionNames={shown.map(({ name }) => name)}
          />
        )}
        {renaming !== undefined && (
          <NameDialog
            action="Rename"
            initial={renaming}
            label="Name"
            onClose={() => setRenaming(undefined)}
            onDone={(name) => edits.edit('Rename section', (arranged) => renameSection(arranged, renaming, name))}
            problemOf={(name) =>
              isSectionNameFree({ workspace: state.workspace, shown }, name)
                ? undefined
                : 'There is another section of this name.'
            }
            title="Rename the section"
          />
        )}
      </Suspense>
    </div>
  )
}
