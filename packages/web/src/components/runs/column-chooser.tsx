import type { MetricInfo } from '@lossline/protocol'
import { ArrowDown, ArrowUp, Pin } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import type { ColumnActions } from '../../hooks/runs/use-table-columns.ts'
import { type ColumnSearchKind, columnSearchKinds, findColumns } from '../../view/runs/find-columns.ts'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import { formatCount } from '../../view/text/format.ts'
import { Dialog } from '../controls/dialog.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { SearchField } from '../controls/search-field.tsx'
import { VirtualList } from '../controls/virtual-list.tsx'
import { MetricColumnForm } from './metric-column-form.tsx'

const searchNames: Readonly<Record<ColumnSearchKind, string>> = { fuzzy: 'Words', exact: 'Exact', regex: 'Regex' }

/** Which columns the table has, and in which order. */
export function ColumnChooser(props: {
  readonly all: readonly TableColumn[]
  readonly shown: readonly TableColumn[]
  readonly isAutomatic: boolean
  readonly hasConstants: boolean
  readonly metrics: readonly MetricInfo[]
  readonly actions: ColumnActions
  readonly onClose: () => void
}): ReactElement {
  const { all, shown, actions } = props
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<ColumnSearchKind>('fuzzy')
  const keys = useMemo(() => shown.map(({ key }) => key), [shown])
  // Whoever looks for one finds it, whether it is shown or not; else those that are not are listed.
  const listed = useMemo(
    () => (search.trim() === '' ? all.filter(({ key }) => !keys.includes(key)) : all),
    [all, keys, search],
  )
  const found = useMemo(() => findColumns(listed, search, kind), [listed, search, kind])
  const toggle = (key: string): void => (keys.includes(key) ? actions.hide(key) : actions.choose([...keys, key]))
  return (
    <Dialog
      actions={
        <button
          aria-pressed={props.isAutomatic}
          className="button mr-2"
          onClick={() => actions.choose(undefined)}
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
        <section aria-label="Shown columns" className="min-w-0">
          <div className="mb-1 flex min-h-8 flex-wrap items-center justify-between gap-x-3">
            <h3 className="font-medium">{formatCount(shown.length, 'column')} shown</h3>
            {props.isAutomatic && (
              <label className="flex items-center gap-1.5">
                <input
                  checked={props.hasConstants}
                  className="size-4 accent-(--accent)"
                  onChange={({ target }) => actions.showConstants(target.checked)}
                  type="checkbox"
                />
                Constant ones too
              </label>
            )}
          </div>
          <VirtualList
            className="h-80 rounded-md border border-line"
            items={shown}
            keyOf={({ key }) => key}
            label="Columns that are shown"
          >
            {(column, index) => (
              <>
                <ColumnBox column={column} isShown onToggle={() => actions.hide(column.key)} />
                <IconButton
                  className="aria-pressed:text-accent"
                  isPressed={column.isPinned ?? false}
                  label={`Pin ${column.title}`}
                  onClick={() =>
                    actions.set(column.key, 'Pinned column', { isPinned: column.isPinned ? undefined : true })
                  }
                  title={column.isPinned ? 'Pinned. Click to free it.' : 'Pin to the left'}
                >
                  <Pin size={14} />
                </IconButton>
                <MoveButton
                  isUp
                  label={column.title}
                  onMove={index > 0 ? () => actions.move(column.key, shown[index - 1]!.key) : undefined}
                />
                <MoveButton
                  label={column.title}
                  onMove={index < shown.length - 1 ? () => actions.move(column.key, shown[index + 1]!.key) : undefined}
                />
              </>
            )}
          </VirtualList>
        </section>
        <section aria-label="Other columns" className="min-w-0">
          <div className="mb-1 flex gap-1">
            <SearchField className="min-w-0 flex-1" label="Find a column" onChange={setSearch} value={search} />
            <select
              aria-label="How to find columns"
              className="control"
              onChange={({ target }) => setKind(target.value as ColumnSearchKind)}
              value={kind}
            >
              {columnSearchKinds.map((one) => (
                <option key={one} value={one}>
                  {searchNames[one]}
                </option>
              ))}
            </select>
          </div>
          {found.kind === 'problem' ? (
            <p className="px-2 py-1 text-bad" role="alert">
              {found.text}
            </p>
          ) : found.columns.length === 0 ? (
            <p className="px-2 py-1 text-muted">{search.trim() === '' ? 'No other column.' : 'No column found.'}</p>
          ) : (
            <VirtualList
              className="h-80 rounded-md border border-line"
              items={found.columns}
              keyOf={({ key }) => key}
              label={search.trim() === '' ? 'Columns that are not shown' : 'Columns that were found'}
            >
              {(column) => (
                <ColumnBox column={column} isShown={keys.includes(column.key)} onToggle={() => toggle(column.key)} />
              )}
            </VirtualList>
          )}
        </section>
      </div>
      <MetricColumnForm
        keys={keys}
        metrics={props.metrics}
        onAdd={(key) => !keys.includes(key) && actions.choose([...keys, key])}
      />
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
  const side = props.isUp ? 'left' : 'right'
  return (
    <IconButton
      className="disabled:opacity-30"
      isDisabled={props.onMove === undefined}
      label={`Move ${props.label} ${side}`}
      onClick={() => props.onMove?.()}
      title={`Move ${side}`}
    >
      {props.isUp ? <ArrowUp size={14} /> : <ArrowDown size={14} />}
    </IconButton>
  )
}
