import type { ReactElement } from 'react'
import { useServices } from '../../services.ts'
import { createPanelId } from '../../view/workspace/panel-id.ts'
import type { WorkspaceStore, WorkspaceStoreState } from '../../view/workspace/workspace-store.ts'

/** How what is seen stands to what is saved, and what to do about it. */
export function SaveStateNote(props: {
  readonly state: WorkspaceStoreState
  readonly store: WorkspaceStore
  readonly isOwn: boolean
  readonly mayWrite: boolean
  readonly onOpen: (nw: string) => void
}): ReactElement | null {
  const { state, store, isOwn, mayWrite } = props
  const { toasts } = useServices()
  const { save } = state
  const keepAsCopy = async (): Promise<void> => {
    try {
      const id = createPanelId()
      await store.saveAs(`nw-${id}-v`, `${state.saved?.displayName || 'My workspace'} (copy)`)
      props.onOpen(id)
    } catch (error) {
      toasts.showProblem(error)
    }
  }
  if (save.kind === 'conflict') {
    const { newer } = save
    return (
      <span className="flex flex-wrap items-center gap-2" role="status">
        <span className="text-waiting">{newer?.savedBy || 'Somebody'} saved a newer version.</span>
        <TextButton label="Keep mine as a copy" onClick={() => void keepAsCopy()} />
        {newer && <TextButton label="Load theirs" onClick={() => store.load(newer)} />}
        <TextButton label="Save mine over it" onClick={() => void store.save({ isForced: true })} />
      </span>
    )
  }
  if (save.kind === 'failed') {
    return (
      <span className="flex items-center gap-2" role="status">
        <span className="text-bad" title={save.message}>
          Not saved
        </span>
        <TextButton label="Retry" onClick={() => void store.save()} />
      </span>
    )
  }
  if (!mayWrite && save.kind === 'edited') {
    return (
      <span
        className="text-muted"
        title="You can view this project but not edit it. What you change here stays in this tab."
      >
        Not saved
      </span>
    )
  }
  if (state.problem !== undefined) {
    return (
      <span className="flex items-center gap-2" role="status">
        <span className="text-waiting" title={state.problem}>
          This view cannot be read. It is kept until you save.
        </span>
        {mayWrite && <TextButton label="Start anew" onClick={() => void store.save()} />}
      </span>
    )
  }
  if (isOwn) {
    const text = save.kind === 'saved' ? (state.saved ? 'Saved' : '') : 'Saving…'
    return text === '' ? null : <span className="text-muted text-sm">{text}</span>
  }
  if (save.kind === 'edited') {
    return (
      <span className="flex items-center gap-2">
        <span className="text-waiting">Edited</span>
        <TextButton label="Save" onClick={() => void store.save()} />
        <TextButton label="Discard" onClick={() => store.discard()} />
      </span>
    )
  }
  return save.kind === 'saving' ? <span className="text-muted text-sm">Saving…</span> : null
}

function TextButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }): ReactElement {
  return (
    <button className="link-text rounded font-medium" onClick={onClick} type="button">
      {label}
    </button>
  )
}
