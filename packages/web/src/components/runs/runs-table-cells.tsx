import type { ReactElement, ReactNode } from 'react'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import type { RunRowContext } from './runs-table-row.tsx'

/** Cells of a row: its name and the pinned ones, which stay in sight, and those of the other columns that are in sight. */
export function RowCells(props: {
  readonly context: Pick<RunRowContext, 'columns' | 'pinned' | 'leftWidth'>
  readonly cell: (column: TableColumn) => ReactNode
  /** The row's head. */
  readonly children: ReactElement
}): ReactElement {
  const { columns, pinned, leftWidth } = props.context
  const cell = (column: TableColumn, index: number, style: { left?: number; width: number }): ReactElement => (
    <div
      aria-colindex={index + 2}
      className={`flex items-center px-2 ${style.left === undefined ? 'h-full shrink-0' : 'absolute inset-y-0'} ${column.kind === 'number' ? 'justify-end text-right' : ''}`}
      key={column.key}
      role="gridcell"
      style={style}
    >
      {props.cell(column)}
    </div>
  )
  return (
    <>
      <div
        className="sticky left-0 z-10 flex h-full border-line border-r bg-panel group-hover:bg-hover group-aria-selected:bg-selected"
        role="presentation"
        style={{ width: leftWidth }}
      >
        {props.children}
        {pinned.map(({ column, index }) => cell(column, index, { width: column.width }))}
      </div>
      {columns.map(({ column, index, left }) => cell(column, index, { left, width: column.width }))}
    </>
  )
}
