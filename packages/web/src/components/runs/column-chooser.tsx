import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import { formatCount } from '../../view/format.ts'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import { Dialog } from '../dialog.tsx'
import { SearchField } from '../search-field.tsx'

/** So many are listed at a time; the search finds the others. */
const listedCountMax = 200

/** Which columns the table has, and in which order. */
export function ColumnChooser(props: {
  readonly all: readonly TableColumn[]
  readonly shown: readonly TableColumn[]
  readonly isAutomatic: boolean
  /** Undefined: what the runs differ by. */
  readonly onChoose: (keys: readonly string[] | undefined) => void
  readonly onClose: () => void
}): ReactElement {
  const { all, shown, onChoose } = props
  const [search, setSearch] = useState('')
  const keys = useMemo(() => shown.map(({ key }) => key), [shown])
  const text = search.trim().toLowerCase()
  const found = all.filter(({ key }) => !keys.includes(key) && key.toLowerCase().includes(text))
  const move = (index: number, by: number): void => {
    const next = [...keys]
    const [key] = next.splice(index, 1)
    next.splice(index + by, 0, key as string)
    onChoose(next)
  }
  return (
    <Dialog
      actions={
        <button
          aria-pressed={props.isAutomatic}
          className="button mr-2"
          onClick={() => onChoose(undefined)}
          title="Show what the runs differ by"
          type="button"
        >
          Automatic
        </button>
      }
      onClose={props.onClose}
      title="Columns"
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <section aria-label="Shown columns">
          <h3 className="mb-1 font-medium">{formatCount(keys.length, 'column')} shown</h3>
          <ul className="max-h-80 overflow-y-auto rounded-md border border-line">
            {shown.map((column, index) => (
              <li className="flex h-8 items-center gap-1 px-2 hover:bg-hover" key={column.key}>
                <ColumnBox
                  column={column}
                  isShown
                  onToggle={() => onChoose(keys.filter((key) => key !== column.key))}
                />
                <MoveButton isUp label={column.title} onMove={index > 0 ? () => move(index, -1) : undefined} />
                <MoveButton label={column.title} onMove={index < keys.length - 1 ? () => move(index, 1) : undefined} />
              </li>
            ))}
          </ul>
        </section>
        <section aria-label="Other columns">
          <SearchField className="mb-1" label="Find a column" onChange={setSearch} value={search} />
          <ul className="max-h-80 overflow-y-auto rounded-md border border-line">
            {found.slice(0, listedCountMax).map((column) => (
              <li className="flex h-8 items-center px-2 hover:bg-hover" key={column.key}>
                <ColumnBox column={column} onToggle={() => onChoose([...keys, column.key])} />
              </li>
            ))}
            {found.length > listedCountMax && (
              <li className="px-2 py-1 text-muted">
                {formatCount(found.length - listedCountMax, 'more column')}: type to find them
              </li>
            )}
            {found.length === 0 && <li className="px-2 py-1 text-muted">No other column.</li>}
          </ul>
        </section>
      </div>
    </Dialog>
  )
}

function ColumnBox(props: {
  readonly column: TableColumn
  readonly isShown?: boolean
  readonly onToggle: () => void
}): ReactElement {
  const { column } = props
  return (
    <label className="flex min-w-0 flex-1 items-center gap-2">
      <input
        checked={props.isShown ?? false}
        className="size-4 shrink-0 accent-(--accent)"
        onChange={props.onToggle}
        type="checkbox"
      />
      <span className="truncate" title={column.key}>
        {column.namespace !== undefined && <span className="text-muted">{column.namespace} </span>}
        {column.title}
      </span>
    </label>
  )
}

function MoveButton(props: {
  readonly label: string
  readonly isUp?: boolean
  readonly onMove: (() => void) | undefined
}): ReactElement {
  return (
    <button
      aria-label={`Move ${props.label} ${props.isUp ? 'left' : 'right'}`}
      className="icon-button disabled:opacity-30"
      disabled={props.onMove === undefined}
      onClick={props.onMove}
      title={props.isUp ? 'Move left' : 'Move right'}
      type="button"
    >
      {props.isUp ? <ArrowUp size={14} /> : <ArrowDown size={14} />}
    </button>
  )
}
