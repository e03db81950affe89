import type { ViewDetail } from '@lossline/protocol'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import { serverNowMs } from '../../api/server-clock.ts'
import { useServices } from '../../services.ts'
import { formatAgo } from '../../view/text/format.ts'
import { createPanelId } from '../../view/workspace/panel-id.ts'
import type { WorkspaceStore, WorkspaceStoreState } from '../../view/workspace/workspace-store.ts'
import { TextButton } from './save-state.tsx'

const CompareViewsDialog = lazy(() =>
  import('./compare-views-dialog.tsx').then((module) => ({ default: module.CompareViewsDialog })),
)

/** A line below the bar while what is seen cannot simply be saved: somebody saved another one, or it could not be read. */
export function SaveTrouble(props: {
  readonly state: WorkspaceStoreState
  readonly store: WorkspaceStore
  readonly mayWrite: boolean
  readonly onOpen: (nw: string) => void
}): ReactElement | null {
  const { state, store, mayWrite } = props
  if (state.save.kind === 'conflict') {
    return <NewerVersion newer={state.save.newer} onOpen={props.onOpen} state={state} store={store} />
  }
  if (state.problem === undefined) return null
  return (
    <Strip>
      <span title={state.problem}>This view cannot be read. It is kept until you save.</span>
      {mayWrite && <TextButton label="Start anew" onClick={() => void store.save()} />}
    </Strip>
  )
}

function NewerVersion(props: {
  readonly newer: ViewDetail | undefined
  readonly state: WorkspaceStoreState
  readonly store: WorkspaceStore
  readonly onOpen: (nw: string) => void
}): ReactElement {
  const { newer, state, store } = props
  const { toasts } = useServices()
  const [isComparing, setIsComparing] = useState(false)
  const keepAsCopy = async (): Promise<void> => {
    try {
      const id = createPanelId()
      await store.saveAs(`nw-${id}-v`, `${state.saved?.displayName || 'My workspace'} (copy)`)
      props.onOpen(id)
    } catch (error) {
      toasts.showProblem(error)
    }
  }
  const when = newer === undefined ? 'meanwhile' : formatAgo(newer.updatedAtMs, serverNowMs())
  return (
    <Strip>
      <span>
        {newer?.savedBy || 'Somebody'} saved this view {when}.
      </span>
      <TextButton label="Keep mine as a copy" onClick={() => void keepAsCopy()} />
      {newer && <TextButton label="Load theirs" onClick={() => store.load(newer)} />}
      {newer && <TextButton label="Compare" onClick={() => setIsComparing(true)} />}
      <TextButton label="Save mine over it" onClick={() => void store.save({ isForced: true })} />
      {isComparing && newer && (
        <Suspense>
          <CompareViewsDialog newer={newer} onClose={() => setIsComparing(false)} state={state} store={store} />
        </Suspense>
      )}
    </Strip>
  )
}

function Strip({
  children,
}: {
  readonly children: ReactElement | readonly (ReactElement | false | undefined)[]
}): ReactElement {
  return (
    <div
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 bg-waiting-surface px-3 py-1.5 text-waiting"
      role="status"
    >
      {children}
    </div>
  )
}
