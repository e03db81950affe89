import type { RunSummary } from '@lossline/protocol'
import { lazy, type ReactElement, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react'
import { useSectionRanges } from '../../hooks/chart/use-shared-range.ts'
import { useSmoothingRange } from '../../hooks/chart/use-smoothing-range.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import type { Arrangement } from '../../hooks/workspace/use-arranged-panels.ts'
import { useNewPanels } from '../../hooks/workspace/use-new-panels.ts'
import { useOpenedPanels } from '../../hooks/workspace/use-opened-panels.ts'
import type { GridPlace } from '../../hooks/workspace/use-panel-focus.ts'
import { usePanelsOnPage } from '../../hooks/workspace/use-panels-on-page.ts'
import { xExtent } from '../../view/chart/x-axis.ts'
import { removePanel } from '../../view/workspace/edit-panels.ts'
import { type ToolbarLayout, viewControlsWidth } from '../../view/workspace/toolbar-layout.ts'
import { QuickBar } from './quick-bar.tsx'
import { WorkspaceDialogs } from './workspace-dialogs.tsx'
import { WorkspacePanels } from './workspace-panels.tsx'

const FullScreenPanel = lazy(() =>
  import('./full-screen-panel.tsx').then((module) => ({ default: module.FullScreenPanel })),
)
const NewMetrics = lazy(() => import('./new-metrics.tsx').then((module) => ({ default: module.NewMetrics })))
const SaveTrouble = lazy(() => import('./save-trouble.tsx').then((module) => ({ default: module.SaveTrouble })))
const SettingsDrawer = lazy(() =>
  import('./settings-drawer.tsx').then((module) => ({ default: module.SettingsDrawer })),
)

/** What the bar over the panels can ask for. */
export interface WorkbenchActions {
  readonly onAdd: () => void
  readonly onToggleSettings: () => void
  readonly areSettingsOpen: boolean
}

/** Panels with all that arranges them: the bar, full screen, settings beside them, what asks for names. */
export function PanelWorkbench(props: {
  readonly page: Arrangement
  /** What its settings are called. */
  readonly title: string
  /** That are drawn. */
  readonly runs: readonly RunSummary[]
  /** The metrics are known. */
  readonly isReady: boolean
  readonly mayWrite: boolean
  /** Names the runs under charts. */
  readonly hasLegend: boolean
  readonly barStart?: ReactNode
  readonly bar: (layout: ToolbarLayout, actions: WorkbenchActions) => ReactNode
  /** Puts runs together. */
  readonly barGroup?: ReactNode
  /** Opens another view of the project's workspace. */
  readonly onOpenView: (nw: string) => void
  /** Over the panels, unless one has the full screen. */
  readonly hints?: ReactNode
  /** As in `WorkspacePanels`. */
  readonly nothing: ReactElement | undefined
  readonly head?: ReactNode
  readonly foot?: ReactNode
}): ReactElement {
  const { page, runs, isReady, mayWrite, hasLegend } = props
  const { address, view, store, state, edits, shown, xKeys, context } = page
  const smoothingRange = useSmoothingRange(address, view.x, runs)
  usePanelsOnPage(shown)
  const opened = useOpenedPanels(shown)
  const { target, full, openPanel, editPanel } = opened
  const [addTo, setAddTo] = useState<string>()
  const [renaming, setRenaming] = useState<string>()
  const [isAddingSection, setIsAddingSection] = useState(false)
  /** What is to be in sight, with the focus: another object each time. */
  const [sought, setSought] = useState<GridPlace>()
  const homeSection = shown.find(({ isPinned }) => !isPinned)?.name ?? 'Charts'
  const openAdd = useCallback(() => setAddTo(homeSection), [homeSection])
  const openAddSection = useCallback(() => setIsAddingSection(true), [])
  useShortcut('add-section', openAddSection)
  const yRanges = useSectionRanges(shown, runs, view)
  const panelContext = useMemo(() => {
    const repairs = {
      edit: editPanel,
      remove: (id: string) =>
        edits.editWithUndo('Remove panel', 'The panel is removed', (arranged) => removePanel(arranged, id)),
    }
    return { ...context, repairs, hasLegend, yRanges }
  }, [context, edits, editPanel, hasLegend, yRanges])
  /** Something can be done about what is not saved. */
  const hasChoices = state.save.kind === 'failed' || (!page.isOwn && state.save.kind === 'edited')
  const news = useNewPanels(shown, isReady, context.otherProjects)
  const actions = { onAdd: openAdd, onToggleSettings: opened.toggleSettings, areSettingsOpen: target !== undefined }
  return (
    <>
      <QuickBar
        end={(layout) => props.bar(layout, actions)}
        endWidth={(layout) => viewControlsWidth(layout, { hasChoices, pageWidth: innerWidth })}
        group={props.barGroup}
        historyName={`${address.entity}/${address.project}`}
        start={props.barStart}
        smoothingRange={smoothingRange}
        store={store.view}
        view={view}
        xExtent={xExtent(view.x, runs)}
        xKeys={xKeys}
      />
      {(state.save.kind === 'conflict' || state.problem !== undefined) && (
        <Suspense>
          <SaveTrouble mayWrite={mayWrite} onOpen={props.onOpenView} state={state} store={store} />
        </Suspense>
      )}
      <div className="flex min-h-0 flex-1 print:block">
        <div className="relative flex min-w-0 flex-1 flex-col transition-opacity group-data-stale/main:opacity-60 group-data-stale/main:delay-200 print:block">
          {news.panels.length > 0 && (
            <Suspense>
              <NewMetrics news={news} onOpen={openPanel} />
            </Suspense>
          )}
          {!full && props.hints}
          {full ? (
            <Suspense fallback={<div className="flex-1" />}>
              <FullScreenPanel
                context={panelContext}
                found={full}
                onClose={() => openPanel(undefined)}
                onEdit={editPanel}
                onOpen={openPanel}
              />
            </Suspense>
          ) : (
            <WorkspacePanels
              context={panelContext}
              firstFocus={opened.lastFullId}
              foot={props.foot}
              head={props.head}
              isReady={isReady}
              nothing={props.nothing}
              onActivate={opened.activate}
              editedPanel={target?.kind === 'panel' ? target.id : undefined}
              onAdd={setAddTo}
              onAddSection={openAddSection}
              onFullScreen={openPanel}
              onEditPanel={editPanel}
              onEditSection={opened.editSection}
              onRename={setRenaming}
              onSeek={setSought}
              page={page}
              sought={sought}
            />
          )}
        </div>
        {target !== undefined && (
          <Suspense>
            <SettingsDrawer
              context={{
                title: props.title,
                workspace: state.workspace,
                shown,
                view,
                store: store.view,
                address,
                xKeys,
                metrics: context.metrics,
                runs,
                edits,
              }}
              onClose={() => {
                opened.closeSettings()
                if (target.kind === 'panel') setSought({ panelId: target.id })
              }}
              target={target}
            />
          </Suspense>
        )}
      </div>
      <WorkspaceDialogs
        addTo={addTo}
        context={panelContext}
        isAddingSection={isAddingSection}
        onAdded={setSought}
        onClose={() => {
          setAddTo(undefined)
          setRenaming(undefined)
          setIsAddingSection(false)
        }}
        page={page}
        renaming={renaming}
      />
    </>
  )
}
