import { Redo2, Undo2 } from 'lucide-react'
import { type ReactElement, type ReactNode, useCallback, useState } from 'react'
import { serverNowMs } from '../../api/server-clock.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { notEditable } from '../../view/shell/not-editable.ts'
import type { ToastStore } from '../../view/shell/toast-store.ts'
import type { WorkspaceStore } from '../../view/workspace/workspace-store.ts'
import { IconButton } from '../controls/icon-button.tsx'
import { SaveStateNote } from './save-state.tsx'
import { type ShownView, ViewMenu } from './view-menu.tsx'

/** What {@link ViewControls} is drawn with. */
export interface ViewControlsProps extends ShownView {
  /** Says in words what its buttons do. */
  readonly hasWords: boolean
  /** Instead of the menu of views. */
  readonly menu?: ReactNode
  /** Between the name of the view and the steps. */
  readonly children?: ReactNode
}

/** What every page with a view has: which view it is, whether it is saved, steps back and forth, with their keys. */
export function ViewControls(props: ViewControlsProps): ReactElement {
  const { state, store, address, mayWrite, isOwn } = props
  const { toasts } = useServices()
  const { past, future } = state.history
  const [openedAtMs] = useState(Date.now)
  const undo = useCallback(() => void store.undo(), [store])
  const redo = useCallback(() => void store.redo(), [store])
  useShortcut(
    'undo',
    useCallback(() => {
      const lastStep = store.get().history.past.at(-1)
      // Steps of the view have the server's time. What was edited before the page was opened may be of another project.
      const sinceMs = Math.max(openedAtMs, (lastStep?.atMs ?? 0) - serverNowMs() + Date.now())
      const edit = toasts.lastEdit(sinceMs)
      if (edit === undefined) undo()
      else void toasts.undo(edit.id).then((isDone) => isDone && toasts.show(`Undone: ${edit.text}`))
    }, [toasts, store, undo, openedAtMs]),
  )
  useShortcut('redo', redo)
  useShortcut(
    'save-view',
    useCallback(() => {
      if (mayWrite) void saveAndTell(store, isOwn, toasts)
      else toasts.show(notEditable(address))
    }, [store, toasts, address, mayWrite, isOwn]),
  )
  return (
    <>
      <SaveStateNote
        address={address}
        hasWords={props.hasWords}
        isOwn={isOwn}
        mayWrite={mayWrite}
        state={state}
        store={store}
      />
      {props.menu ?? (
        <ViewMenu
          actions={props.actions}
          address={address}
          isShort={!props.hasWords}
          isOwn={isOwn}
          mayWrite={mayWrite}
          state={state}
          store={store}
          usualName={props.usualName}
        />
      )}
      {props.children}
      <IconButton
        className="max-sm:hidden disabled:opacity-40"
        isDisabled={past.length === 0}
        label="Undo"
        onClick={undo}
        title={titleOf('Undo', past.at(-1)?.label)}
      >
        <Undo2 size={16} />
      </IconButton>
      <IconButton
        className="max-sm:hidden disabled:opacity-40"
        isDisabled={future.length === 0}
        label="Redo"
        onClick={redo}
        title={titleOf('Redo', future.at(-1)?.label)}
      >
        <Redo2 size={16} />
      </IconButton>
    </>
  )
}

/** Saves by key; what does not go as it should is said beside the name of the view. */
async function saveAndTell(store: WorkspaceStore, isOwn: boolean, toasts: ToastStore): Promise<void> {
  const isAsSaved = store.get().save.kind === 'saved'
  if (!isAsSaved) await store.save()
  if (store.get().save.kind !== 'saved') return
  const done = isAsSaved ? 'Everything is saved already' : 'Saved'
  toasts.show(isOwn ? `${done}: your own view saves itself` : done)
}

/** @param note - What would be done. */
function titleOf(label: string, note: string | undefined): string {
  return note === undefined ? label : `${label}: ${note}`
}
