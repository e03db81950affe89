import { useNavigate } from '@tanstack/react-router'
import { Plus, Redo2, Settings2, Undo2 } from 'lucide-react'
import { type ReactElement, useCallback } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ViewActions } from '../../api/view-queries.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import type { WorkspaceStore, WorkspaceStoreState } from '../../view/workspace/workspace-store.ts'
import { SaveStateNote } from './save-state.tsx'
import { ViewMenu } from './view-menu.tsx'

/** What is done with the workspace as a whole: its name, whether it is saved, steps back, new panels, settings. */
export function WorkspaceBar(props: {
  readonly address: ProjectAddress
  readonly state: WorkspaceStoreState
  readonly store: WorkspaceStore
  readonly actions: ViewActions
  readonly isOwn: boolean
  readonly mayWrite: boolean
  readonly areSettingsOpen: boolean
  readonly onAdd: () => void
  readonly onToggleSettings: () => void
}): ReactElement {
  const { state, store, onAdd, onToggleSettings } = props
  const { toasts } = useServices()
  const navigate = useNavigate()
  const { past, future } = state.history
  const undo = useCallback(() => void store.undo(), [store])
  const redo = useCallback(() => void store.redo(), [store])
  useShortcut('undo', undo)
  useShortcut('redo', redo)
  useShortcut('add-panel', onAdd)
  useShortcut('toggle-settings-drawer', onToggleSettings)
  useShortcut(
    'save-view',
    useCallback(() => {
      if (props.mayWrite) void store.save()
      else toasts.show('You can view this project but not edit it.')
    }, [store, toasts, props.mayWrite]),
  )
  return (
    <div aria-label="View" className="flex flex-wrap items-center gap-x-2 gap-y-1 p-2 pl-0" role="toolbar">
      <SaveStateNote
        isOwn={props.isOwn}
        mayWrite={props.mayWrite}
        onOpen={(nw) => void navigate({ to: '.', search: { nw } as never })}
        state={state}
        store={store}
      />
      <ViewMenu
        actions={props.actions}
        address={props.address}
        isOwn={props.isOwn}
        mayWrite={props.mayWrite}
        state={state}
        store={store}
      />
      <button className="button" onClick={onAdd} title="Add panel (A)" type="button">
        <Plus aria-hidden="true" size={15} />
        <span className="max-sm:sr-only">Add panel</span>
      </button>
      <IconButton isDisabled={past.length === 0} label="Undo" note={past.at(-1)?.label} onClick={undo}>
        <Undo2 size={16} />
      </IconButton>
      <IconButton isDisabled={future.length === 0} label="Redo" note={future.at(-1)?.label} onClick={redo}>
        <Redo2 size={16} />
      </IconButton>
      <button
        aria-label="Settings of the view"
        aria-pressed={props.areSettingsOpen}
        className="button px-1.5"
        onClick={onToggleSettings}
        title="Settings of the view (|)"
        type="button"
      >
        <Settings2 size={16} />
      </button>
    </div>
  )
}

function IconButton(props: {
  readonly label: string
  /** What it would be. */
  readonly note: string | undefined
  readonly isDisabled: boolean
  readonly onClick: () => void
  readonly children: ReactElement
}): ReactElement {
  return (
    <button
      aria-label={props.label}
      className="icon-button disabled:opacity-40"
      disabled={props.isDisabled}
      onClick={props.onClick}
      title={props.note === undefined ? props.label : `${props.label}: ${props.note}`}
      type="button"
    >
      {props.children}
    </button>
  )
}
