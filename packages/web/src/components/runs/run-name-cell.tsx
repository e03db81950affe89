import type { RunWithValues } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { toRunSet } from '../../view/run/run-set.ts'
import { CellEditor, type RowEditing } from './cell-editor.tsx'
import { RowButton } from './row-button.tsx'

/** The name of a run in its row, which leads to its page; it can be changed in its place. */
export function RunNameCell(props: {
  readonly run: RunWithValues
  readonly address: ProjectAddress
  /** Undefined: nobody may change it here. */
  readonly editing: RowEditing | undefined
}): ReactElement {
  const { run, editing } = props
  const open = editing?.open?.runId === run.runId ? editing.open : undefined
  if (editing && open?.field === 'name') return <NameField editing={editing} key={run.runId} run={run} />
  return (
    <>
      <Link
        className="min-w-0 flex-1 truncate hover:underline"
        params={{ ...props.address, runId: run.runId }}
        search={toRunSet as never}
        title={`${run.displayName} (${run.runId})`}
        to="/$entity/$project/runs/$runId"
      >
        {run.displayName}
      </Link>
      {editing && (
        <RowButton
          isOnNarrow={false}
          label={`Rename ${run.displayName}`}
          onClick={() => editing.onOpen(run.runId, 'name')}
          title="Rename (F2)"
        >
          <Pencil size={14} />
        </RowButton>
      )}
      {editing && open?.isAtName && open.field !== 'name' && (
        <CellEditor editing={editing} field={open.field} run={run} />
      )}
    </>
  )
}

/** Enter keeps what was typed, and so does going elsewhere; Escape does not. */
function NameField({ run, editing }: { readonly run: RunWithValues; readonly editing: RowEditing }): ReactElement {
  const [draft, setDraft] = useState(run.displayName)
  const save = (event?: FormEvent): void => {
    event?.preventDefault()
    editing.onClose()
    const name = draft.trim()
    if (name !== '' && name !== run.displayName) editing.onEdit(run.runId, { displayName: name })
  }
  return (
    <form className="min-w-0 flex-1" onSubmit={save}>
      <input
        aria-label={`Name of ${run.displayName}`}
        // biome-ignore lint/a11y/noAutofocus: the field takes the place of what was clicked.
        autoFocus
        className="control h-7 w-full"
        onBlur={() => save()}
        onChange={({ target }) => setDraft(target.value)}
        onFocus={({ target }) => target.select()}
        onKeyDown={(event) => event.key === 'Escape' && editing.onClose()}
        value={draft}
      />
    </form>
  )
}
