import type { RunEdit, RunWithValues } from '@lossline/protocol'
import { type FormEvent, type KeyboardEvent, type ReactElement, useState } from 'react'
import { AnchoredPanel } from '../controls/anchored-panel.tsx'
import { Markdown } from '../controls/markdown.tsx'
import { TagEditor } from '../run/tag-editor.tsx'

/** What of a run is edited in its row. */
export type EditedField = 'name' | 'tags' | 'notes'

/** How rows are edited. */
export interface RowEditing {
  /** The one field of one run that is open. */
  readonly open: { readonly runId: string; readonly field: EditedField; readonly isAtName: boolean } | undefined
  /** @param isAtName - Beside the name, as the field has no column. Default: in the field's own cell. */
  readonly onOpen: (runId: string, field: EditedField, isAtName?: boolean) => void
  readonly onClose: () => void
  readonly onEdit: (runId: string, edit: RunEdit) => void
}

/** Tags or notes of a run, opened over its cell. */
export function CellEditor(props: {
  readonly run: RunWithValues
  readonly field: 'tags' | 'notes'
  readonly editing: RowEditing
}): ReactElement {
  const { run, field, editing } = props
  const label = `${field === 'tags' ? 'Tags' : 'Notes'} of ${run.displayName}`
  return (
    <AnchoredPanel
      className={field === 'tags' ? 'w-72' : 'w-[min(480px,90vw)]'}
      label={label}
      onClose={editing.onClose}
    >
      <h2 className="mb-2 font-medium">{label}</h2>
      {field === 'tags' ? (
        <TagEditor isAdding onChange={(tags) => editing.onEdit(run.runId, { tags })} tags={run.tags} />
      ) : (
        <NotesForm
          notes={run.notes}
          onCancel={editing.onClose}
          onSave={(notes) => {
            editing.onClose()
            if (notes !== run.notes) editing.onEdit(run.runId, { notes })
          }}
        />
      )}
    </AnchoredPanel>
  )
}

function NotesForm(props: {
  readonly notes: string
  readonly onSave: (notes: string) => void
  readonly onCancel: () => void
}): ReactElement {
  const [draft, setDraft] = useState(props.notes)
  const save = (event: FormEvent | KeyboardEvent): void => {
    event.preventDefault()
    props.onSave(draft.trim())
  }
  return (
    <form className="grid gap-2" onSubmit={save}>
      <textarea
        aria-label="Notes, in Markdown"
        className="control h-32 w-full py-1"
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && save(event)}
        placeholder="Notes, in Markdown"
        value={draft}
      />
      {draft.trim() !== '' && (
        <div className="max-h-40 overflow-y-auto rounded bg-hover p-2">
          <Markdown headingLevel={2} text={draft} />
        </div>
      )}
      <div className="flex gap-2">
        <button className="button" type="submit">
          Save
        </button>
        <button className="button" onClick={props.onCancel} type="button">
          Cancel
        </button>
      </div>
    </form>
  )
}
