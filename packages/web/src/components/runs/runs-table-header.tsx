import type { RunsSort } from '@lossline/protocol'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { MouseEvent, ReactElement } from 'react'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import type { RunRowContext } from './runs-table-row.tsx'

type HeadColumn = Pick<TableColumn, 'key' | 'title' | 'namespace' | 'kind' | 'isSortable'>

const nameColumn: HeadColumn = { key: 'run.name', title: 'Name', namespace: undefined, kind: 'text', isSortable: true }

/** Heads of the columns; a click sorts by one. */
export function RunsTableHeader(props: {
  readonly context: RunRowContext
  readonly sort: readonly RunsSort[]
  readonly isAllSelected: boolean
  readonly runCount: number
  readonly onSelectAll: () => void
  readonly onSort: (key: string, isAdded: boolean) => void
}): ReactElement {
  const { context, sort, isAllSelected } = props
  return (
    <>
      <div
        aria-sort={sortDirection(sort, nameColumn.key)}
        className="sticky left-0 z-10 flex h-full items-center gap-2 border-line border-r bg-panel px-2"
        role="columnheader"
        style={{ width: context.nameWidth }}
      >
        <input
          aria-label={isAllSelected ? 'Select none' : `Select all ${props.runCount} matching runs`}
          checked={isAllSelected}
          className="size-4 shrink-0 accent-(--accent)"
          onChange={props.onSelectAll}
          type="checkbox"
        />
        <ColumnHead column={nameColumn} onSort={props.onSort} sort={sort} />
      </div>
      {context.columns.map(({ column, index, left }) => (
        <div
          aria-colindex={index + 2}
          aria-sort={column.isSortable ? sortDirection(sort, column.key) : undefined}
          className="absolute inset-y-0 flex items-center px-2"
          key={column.key}
          role="columnheader"
          style={{ left, width: column.width }}
        >
          <ColumnHead column={column} onSort={props.onSort} sort={sort} />
        </div>
      ))}
    </>
  )
}

/** With Shift it sorts after the columns that sort already. */
function ColumnHead(props: {
  readonly column: HeadColumn
  readonly sort: readonly RunsSort[]
  readonly onSort: (key: string, isAdded: boolean) => void
}): ReactElement {
  const { column, sort } = props
  const place = sort.findIndex(({ key }) => key === column.key)
  const current = sort[place]
  const isRight = column.kind === 'number'
  const title = (
    <span className="min-w-0 truncate">
      {column.namespace === 'config' && <span className="text-muted">config </span>}
      {column.title}
    </span>
  )
  if (!column.isSortable) return <span className="flex min-w-0 items-center">{title}</span>
  return (
    <button
      className={`flex w-full min-w-0 items-center gap-1 rounded hover:text-accent ${isRight ? 'justify-end' : ''}`}
      onClick={(event: MouseEvent) => props.onSort(column.key, event.shiftKey)}
      title={`${column.title}: sort. With Shift: sort equal ones by it.`}
      type="button"
    >
      {title}
      {current !== undefined && (
        <span className="flex shrink-0 items-center text-accent">
          {current.isDescending ? <ArrowDown aria-hidden="true" size={13} /> : <ArrowUp aria-hidden="true" size={13} />}
          {sort.length > 1 && <span className="text-xs">{place + 1}</span>}
        </span>
      )}
    </button>
  )
}

/** For `aria-sort`. */
function sortDirection(sort: readonly RunsSort[], key: string): 'ascending' | 'descending' | 'none' {
  const current = sort.find((one) => one.key === key)
  return current === undefined ? 'none' : current.isDescending ? 'descending' : 'ascending'
}
