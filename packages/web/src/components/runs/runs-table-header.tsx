// biome-ignore-all lint/a11y/noStaticElementInteractions: what dragging does, the menu of the column does too.
import type { RunsSort } from '@lossline/protocol'
import { ArrowDown, ArrowUp, TrendingDown, TrendingUp } from 'lucide-react'
import type { DragEvent, MouseEvent, ReactElement } from 'react'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import { ariaSort, isTextKind, sortHint } from '../../view/text/sort-rule.ts'
import { ColumnEdge } from './column-edge.tsx'
import { type ColumnHeadContext, type ColumnMenuContext, RunsColumnMenu } from './runs-column-menu.tsx'
import type { RunRowContext } from './runs-table-row.tsx'

type HeadColumn = Pick<TableColumn, 'key' | 'title' | 'namespace' | 'kind' | 'isSortable' | 'better' | 'metric'>

const nameColumn: HeadColumn = { key: 'run.name', title: 'Name', namespace: undefined, kind: 'text', isSortable: true }
const dragType = 'application/x-lossline-run-column'

/** Heads of the columns; a click sorts by one, a drag moves it, a drag of its edge makes it wider. */
export function RunsTableHeader(props: {
  readonly context: RunRowContext
  readonly head: ColumnHeadContext
  readonly isAllSelected: boolean
  readonly runCount: number
  readonly onSelectAll: () => void
  /** While an edge is dragged. */
  readonly onDragWidth: (key: string, width: number) => void
}): ReactElement {
  const { context, head, isAllSelected } = props
  const { menu } = head
  const edge = (key: string, width: number): ReactElement | undefined =>
    menu && (
      <ColumnEdge
        onDrag={(dragged) => props.onDragWidth(key, dragged)}
        onWidth={(next) => menu.actions.set(key, 'Column width', { width: next })}
        width={width}
      />
    )
  const cell = (column: TableColumn, index: number, style: { left?: number; width: number }): ReactElement => (
    <div
      aria-colindex={index + 2}
      aria-sort={column.isSortable ? ariaSort(directionOf(head.sort, column.key)) : undefined}
      className={`group/head flex items-center ${style.left === undefined ? 'relative h-full shrink-0' : 'absolute inset-y-0'}`}
      key={column.key}
      role="columnheader"
      style={style}
    >
      {menu ? (
        <DraggedHead column={column} head={head} menu={menu} />
      ) : (
        <div className={`flex h-full min-w-0 flex-1 items-center px-2 ${sideOf(column)}`} role="presentation">
          <ColumnHead column={column} onSort={head.onSort} sort={head.sort} />
        </div>
      )}
      {edge(column.key, column.width)}
    </div>
  )
  return (
    <>
      <div
        className="sticky left-0 z-10 flex h-full border-line border-r bg-panel"
        role="presentation"
        style={{ width: context.leftWidth }}
      >
        <div
          aria-colindex={1}
          aria-sort={ariaSort(directionOf(head.sort, nameColumn.key))}
          className="relative flex h-full shrink-0 items-center gap-2 px-2"
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
          <ColumnHead column={nameColumn} onSort={head.onSort} sort={head.sort} />
          {edge(nameColumn.key, context.nameWidth)}
        </div>
        {context.pinned.map(({ column, index }) => cell(column, index, { width: column.width }))}
      </div>
      {context.columns.map(({ column, index, left }) => cell(column, index, { left, width: column.width }))}
    </>
  )
}

function DraggedHead({
  column,
  head,
  menu,
}: {
  readonly column: TableColumn
  readonly head: ColumnHeadContext
  readonly menu: ColumnMenuContext
}): ReactElement {
  const drop = (event: DragEvent): void => {
    const moved = event.dataTransfer.getData(dragType)
    if (moved === '' || moved === column.key) return
    event.preventDefault()
    menu.actions.move(moved, column.key)
  }
  return (
    <div
      className={`relative flex h-full min-w-0 flex-1 items-center px-2 ${sideOf(column)}`}
      draggable
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(dragType)) event.preventDefault()
      }}
      onDragStart={(event) => event.dataTransfer.setData(dragType, column.key)}
      onDrop={drop}
      role="presentation"
    >
      <ColumnHead column={column} onSort={head.onSort} sort={head.sort} />
      {/* Beside titles on the right; elsewhere it lies over long ones while it is wanted. */}
      <span
        className={column.kind === 'number' ? 'mr-0.5 shrink-0' : 'absolute top-1/2 right-1.5 -translate-y-1/2'}
        role="presentation"
      >
        <RunsColumnMenu column={column} head={head} menu={menu} />
      </span>
    </div>
  )
}

/** With Shift it sorts after the columns that sort already. */
function ColumnHead(props: {
  readonly column: HeadColumn
  readonly sort: readonly RunsSort[]
  readonly onSort: ColumnHeadContext['onSort']
}): ReactElement {
  const { column, sort } = props
  const place = sort.findIndex(({ key }) => key === column.key)
  const current = sort[place]
  const { description = '', unit = '' } = column.metric ?? {}
  const hint = `${column.title}: ${sortHint(isTextKind(column.kind))}. With Shift: sort equal ones by it.`
  const Better = column.better === 'higher' ? TrendingUp : TrendingDown
  const title = (
    <>
      {column.better !== undefined && (
        <Better aria-label={`${column.better} is better,`} className="shrink-0 text-muted" size={12} />
      )}
      <span className="min-w-0 truncate">
        {column.namespace === 'config' && <span className="text-muted">config </span>}
        {column.title}
        {unit !== '' && (
          <span className="text-muted">
            {' '}
            <span className="sr-only">in </span>
            {unit}
          </span>
        )}
      </span>
    </>
  )
  if (!column.isSortable) return <span className="flex min-w-0 items-center gap-1">{title}</span>
  return (
    <button
      className="flex min-w-0 items-center gap-1 rounded hover:text-accent"
      onClick={(event: MouseEvent) => props.onSort(column, event.shiftKey)}
      title={description === '' ? hint : `${description}\n\n${hint}`}
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

/** Numbers stand on the right, and so do their heads. */
function sideOf({ kind }: TableColumn): string {
  return kind === 'number' ? 'flex-row-reverse' : ''
}

function directionOf(sort: readonly RunsSort[], key: string): boolean | undefined {
  return sort.find((one) => one.key === key)?.isDescending
}
