import type { RunWithValues, StrictJson } from '@lossline/protocol'
import { Pencil } from 'lucide-react'
import type { ReactElement } from 'react'
import { plainText } from '../../view/markdown/plain-text.ts'
import { type Delta, formatCell, toDelta } from '../../view/runs/cell-format.ts'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import { StateBadge } from '../run/state-badge.tsx'
import { CellEditor, type RowEditing } from './cell-editor.tsx'
import { RowButton } from './row-button.tsx'

/** What a run has in a column. */
export function RunCell(props: {
  readonly run: RunWithValues
  readonly column: TableColumn
  readonly value: StrictJson
  /** What the baseline has there; undefined without one, and for the baseline itself. */
  readonly baseline: StrictJson | undefined
  readonly nowMs: number
  /** Undefined: nobody may change runs here. */
  readonly editing: RowEditing | undefined
}): ReactElement {
  const { run, column, value, baseline, nowMs } = props
  if (column.kind === 'state') return <StateBadge state={run.state} />
  if (column.kind === 'tags') return <EditableCell {...props} field="tags" shown={<Tags tags={run.tags} />} />
  if (column.key === 'run.notes') {
    const shown = (
      <span className={`truncate ${run.notes === '' ? 'text-muted' : ''}`} title={run.notes}>
        {plainText(run.notes) || '–'}
      </span>
    )
    return <EditableCell {...props} field="notes" shown={shown} />
  }
  const { text, title } = formatCell(value, column, nowMs)
  const delta = column.kind === 'number' ? toDelta(value, baseline, column) : undefined
  return (
    <span className={`block truncate ${value === null || value === '' ? 'text-muted' : ''}`} title={title}>
      {text}
      {delta !== undefined && <DeltaMark {...delta} />}
    </span>
  )
}

/** A cell with a button that opens an editor over it; so does a double click. */
function EditableCell(props: {
  readonly run: RunWithValues
  readonly field: 'tags' | 'notes'
  readonly editing: RowEditing | undefined
  readonly shown: ReactElement
}): ReactElement {
  const { run, field, editing, shown } = props
  if (editing === undefined) return shown
  const isOpen = editing.open?.runId === run.runId && editing.open.field === field
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button does the same.
    <div
      className="flex h-full w-full min-w-0 items-center gap-1"
      onDoubleClick={() => editing.onOpen(run.runId, field)}
    >
      <span className="min-w-0 flex-1 overflow-hidden">{shown}</span>
      <RowButton
        label={`Edit the ${field} of ${run.displayName}`}
        onClick={() => editing.onOpen(run.runId, field)}
        title={`Edit the ${field}`}
      >
        <Pencil size={14} />
      </RowButton>
      {isOpen && <CellEditor editing={editing} field={field} run={run} />}
    </div>
  )
}

/** Coloured only where it is known which numbers are good. */
function DeltaMark({ text, isBetter }: Delta): ReactElement {
  const [tone, words] =
    isBetter === undefined ? ['text-muted', ''] : isBetter ? ['text-good', ', better'] : ['text-bad', ', worse']
  return (
    <span className={`ml-1.5 text-xs ${tone}`}>
      {text}
      <span className="sr-only">{words}</span>
    </span>
  )
}

function Tags({ tags }: { readonly tags: readonly string[] }): ReactElement {
  if (tags.length === 0) return <span className="text-muted">–</span>
  return (
    <span className="block truncate" title={tags.join(', ')}>
      {tags.map((tag) => (
        <span className="mr-1 rounded bg-hover px-1.5 py-0.5 text-sm" key={tag}>
          {tag}
        </span>
      ))}
    </span>
  )
}
