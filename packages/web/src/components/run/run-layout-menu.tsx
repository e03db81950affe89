import { Link, useSearch } from '@tanstack/react-router'
import { ChartLine, History, LayoutDashboard, RotateCcw } from 'lucide-react'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import type { Arrangement } from '../../hooks/workspace/use-arranged-panels.ts'
import type { SearchParams } from '../../view/address/url-state.ts'
import { toWorkspaceSearch } from '../../view/run/to-workspace.ts'
import { isUsualLayout, resetLayout } from '../../view/workspace/reset-layout.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { MenuItem, menuItemClass } from '../shell/menu-item.tsx'

const RevisionsDialog = lazy(() =>
  import('../workspace/revisions-dialog.tsx').then((module) => ({ default: module.RevisionsDialog })),
)

/** What can be done with the layout that the charts of all runs of a project have. */
export function RunLayoutMenu(props: {
  readonly page: Arrangement
  readonly runId: string
  readonly mayWrite: boolean
  readonly hasWords: boolean
}): ReactElement {
  const { page, runId, mayWrite, hasWords } = props
  const { address, state, store, actions, edits } = page
  const search = useSearch({ strict: false }) as SearchParams
  const [areRevisionsOpen, setAreRevisionsOpen] = useState(false)
  return (
    <>
      <PopoverButton
        className={`button ${hasWords ? '' : 'px-1.5'}`}
        face={
          <>
            <LayoutDashboard aria-hidden="true" size={15} />
            {hasWords && 'Layout'}
          </>
        }
        label="Layout of the charts"
        panelClassName="w-72 p-1"
      >
        {(close) => (
          <>
            <p className="px-2.5 py-1 text-muted text-sm">
              The charts of every run of {address.project} have this layout. It is your own and saves itself.
            </p>
            <Link
              className={menuItemClass}
              onClick={close}
              params={address}
              search={toWorkspaceSearch(search, runId) as never}
              to="/$entity/$project"
            >
              <ChartLine size={15} />
              <span className="flex-1">Open in workspace</span>
            </Link>
            {!isUsualLayout(state.workspace) && (
              <MenuItem
                icon={<RotateCcw size={15} />}
                onClick={() => {
                  close()
                  edits.editWithUndo('Reset layout', 'The layout is reset', ({ workspace }) => resetLayout(workspace))
                }}
              >
                Reset layout
              </MenuItem>
            )}
            {state.saved !== undefined && (
              <MenuItem
                icon={<History size={15} />}
                onClick={() => {
                  close()
                  setAreRevisionsOpen(true)
                }}
              >
                Revisions
              </MenuItem>
            )}
          </>
        )}
      </PopoverButton>
      {areRevisionsOpen && state.saved && (
        <Suspense>
          <RevisionsDialog
            actions={actions}
            address={address}
            mayWrite={mayWrite}
            onClose={() => setAreRevisionsOpen(false)}
            onRestored={(view) => store.load(view)}
            view={state.saved}
          />
        </Suspense>
      )}
    </>
  )
}
