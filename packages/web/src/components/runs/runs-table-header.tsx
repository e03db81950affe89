import type { RunsSort } from '@lossline/protocol'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { MouseEvent, ReactElement } from 'react'
import type { TableColumn } from '../../view/runs/table-columns.ts'

/** Head of a column: a click sorts by it, with Shift after the columns that sort already. */
export function ColumnHead(props: {
  readonly column: Pick<TableColumn, 'key' | 'title' | 'namespace' | 'kind' | 'isSortable'>
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
export function sortDirection(sort: readonly RunsSort[], key: string): 'ascending' | 'descending' | 'none' {
  const current = sort.find((one) => one.key === key)
  return current === undefined ? 'none' : current.isDescending ? 'descending' : 'ascending'
}
