import { Check, Pencil } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { notEditable } from '../../view/shell/not-editable.ts'
import type { WorkspaceStore, WorkspaceStoreState } from '../../view/workspace/workspace-store.ts'

/** How what is seen stands to what is saved, in a word or two, and what to do about it. */
export function SaveStateNote(props: {
  readonly address: ProjectAddress
  readonly state: WorkspaceStoreState
  readonly store: WorkspaceStore
  readonly isOwn: boolean
  readonly mayWrite: boolean
  /** Says in a word that all is well, for which there is a sign too. */
  readonly hasWords: boolean
}): ReactElement | null {
  const { state, store, isOwn, mayWrite, hasWords } = props
  const { save } = state
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
  if (save.kind === 'waiting') {
    return (
      <span
        className="text-sm text-waiting"
        role="status"
        title="It is kept in this browser, and saved once the server is back."
      >
        Waits for the server
      </span>
    )
  }
  if (save.kind === 'conflict' || state.problem !== undefined) return null
  if (!mayWrite && save.kind === 'edited') {
    return (
      <span className="flex items-center gap-2">
        <span
          className="text-muted"
          title={`${notEditable(props.address)} What you change here stays in this ${isOwn ? 'tab' : 'browser'}.`}
        >
          Not saved
        </span>
        {!isOwn && <TextButton label="Discard" onClick={() => store.discard()} />}
      </span>
    )
  }
  if (isOwn) {
    if (save.kind !== 'saved') return <Note hasWord={hasWords} icon={<Pencil size={14} />} text="Saving…" />
    return state.saved ? <Note hasWord={hasWords} icon={<Check size={14} />} text="Saved" /> : null
  }
  if (save.kind === 'edited') {
    return (
      <span className="flex items-center gap-2">
        <Note hasWord icon={<Pencil size={14} />} isWaiting text="Edited" />
        <TextButton label="Save" onClick={() => void store.save()} />
        <TextButton label="Discard" onClick={() => store.discard()} />
      </span>
    )
  }
  if (save.kind === 'saving') return <Note hasWord={hasWords} icon={<Pencil size={14} />} text="Saving…" />
  return state.saved ? <Note hasWord={hasWords} icon={<Check size={14} />} text="Saved" /> : null
}

/** A word, or a sign for it where there is little room. */
function Note(props: {
  readonly text: string
  readonly icon: ReactElement
  readonly hasWord: boolean
  readonly isWaiting?: boolean
}): ReactElement {
  return (
    <span className={`text-sm ${props.isWaiting ? 'text-waiting' : 'text-muted'}`} title={props.text}>
      <span className={props.hasWord ? 'max-sm:sr-only' : 'sr-only'}>{props.text}</span>
      <span aria-hidden="true" className={props.hasWord ? 'sm:hidden' : ''}>
        {props.icon}
      </span>
    </span>
  )
}

/** A button that is a word in a sentence. */
export function TextButton(props: { readonly label: string; readonly onClick: () => void }): ReactElement {
  return (
    <button className="link-text rounded font-medium" onClick={props.onClick} type="button">
      {props.label}
    </button>
  )
}
