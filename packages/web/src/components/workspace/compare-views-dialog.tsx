import type { ViewDetail } from '@lossline/protocol'
import { type ReactElement, useMemo } from 'react'
import { panelTitle } from '../../view/panels/registry.ts'
import { compareWorkspaces } from '../../view/workspace/compare-workspaces.ts'
import { parseWorkspace } from '../../view/workspace/read-workspace.ts'
import { toSavedParams } from '../../view/workspace/workspace-address.ts'
import type { WorkspaceStore, WorkspaceStoreState } from '../../view/workspace/workspace-store.ts'
import { Dialog } from '../controls/dialog.tsx'

/** What is on the page beside what somebody else has saved: only what differs. */
export function CompareViewsDialog(props: {
  readonly newer: ViewDetail
  readonly state: WorkspaceStoreState
  readonly store: WorkspaceStore
  readonly onClose: () => void
}): ReactElement {
  const { newer, state, store } = props
  const differences = useMemo(() => {
    const mine = { ...state.workspace, params: toSavedParams(store.view.get()) }
    return compareWorkspaces(mine, parseWorkspace(newer.spec).workspace, panelTitle)
  }, [newer, state.workspace, store])
  return (
    <Dialog onClose={props.onClose} title="Yours and theirs">
      {differences.length === 0 ? (
        <p>Both show the same.</p>
      ) : (
        <table className="w-full text-left">
          <thead>
            <tr className="text-muted">
              <th className="py-1 pr-3 font-normal" scope="col">
                What differs
              </th>
              <th className="py-1 pr-3 font-normal" scope="col">
                Yours
              </th>
              <th className="py-1 font-normal" scope="col">
                {newer.savedBy || 'Theirs'}
              </th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ id, what, mine, theirs }) => (
              <tr className="border-line border-t align-top [overflow-wrap:anywhere]" key={id}>
                <th className="py-1.5 pr-3 font-normal" scope="row">
                  {what}
                </th>
                <td className="py-1.5 pr-3">{mine || '–'}</td>
                <td className="py-1.5">{theirs || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  )
}
