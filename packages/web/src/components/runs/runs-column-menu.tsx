import type { RunsSort } from '@lossline/protocol'
import { type ReactElement, Suspense, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ColumnActions } from '../../hooks/runs/use-table-columns.ts'
import { columnWidthStep, toColumnWidth } from '../../view/runs/column-settings.ts'
import { isGroupable, type TableColumn } from '../../view/runs/table-columns.ts'
import { keyTitle } from '../../view/workspace/sections.ts'
import { ColumnMenuButton } from '../controls/column-menu-button.tsx'
import { MetricDialog } from '../metrics/lazy-metric-dialog.ts'
import { ColumnNumberFields } from './column-number-fields.tsx'

/** What heads of a table of runs share. */
export interface ColumnHeadContext {
  readonly sort: readonly RunsSort[]
  /** @param isAdded - Behind what sorts already. */
  readonly onSort: (column: Pick<TableColumn, 'key' | 'kind'>, isAdded: boolean) => void
  /** Undefined: the columns are what they are. */
  readonly menu?: ColumnMenuContext
}

/** What the menus of columns share. */
export interface ColumnMenuContext {
  readonly address: ProjectAddress
  readonly columns: readonly TableColumn[]
  readonly groupBy: readonly string[]
  readonly actions: ColumnActions
  readonly onSortBy: (sort: readonly RunsSort[]) => void
  readonly onGroupBy: (groupBy: readonly string[]) => void
}

/** Everything that can be done with a column, also what is done by dragging. */
export function RunsColumnMenu(props: {
  readonly column: TableColumn
  readonly head: ColumnHeadContext
  readonly menu: ColumnMenuContext
}): ReactElement {
  const { column, head, menu } = props
  const { columns, groupBy, actions } = menu
  const { sort } = head
  const { key, title, width } = column
  const at = columns.findIndex((one) => one.key === key)
  const [left, right] = [columns[at - 1], columns[at + 1]]
  const isSorted = sort.some((one) => one.key === key)
  const isGrouped = groupBy.includes(key)
  const { metric } = column
  const [isAbout, setIsAbout] = useState(false)
  const resize = (by: number) => (): void => actions.set(key, 'Column width', { width: toColumnWidth(width + by) })
  const menuButton = (
    <ColumnMenuButton
      className="bg-panel"
      heading={key}
      headingTitle={key}
      panelClassName="w-64 p-1 font-normal text-base"
      title={title}
    >
      {(item) => (
        <>
          {metric && metric.description !== '' && (
            <p className="whitespace-pre-line px-2 pb-1 text-sm">{metric.description}</p>
          )}
          {column.isSortable && (
            <>
              {item('Sort ascending', () => menu.onSortBy([{ key, isDescending: false }]))}
              {item('Sort descending', () => menu.onSortBy([{ key, isDescending: true }]))}
              {sort.length > 0 && !isSorted && item('Sort equal ones by this', () => head.onSort(column, true))}
              {isSorted && item('Do not sort by this', () => menu.onSortBy(sort.filter((one) => one.key !== key)))}
            </>
          )}
          {isGroupable(column) &&
            item(isGrouped ? 'Do not group by this' : 'Group by this', () =>
              menu.onGroupBy(isGrouped ? groupBy.filter((one) => one !== key) : [...groupBy, key]),
            )}
          {item(column.isPinned ? 'Unpin' : 'Pin to the left', () =>
            actions.set(key, 'Pinned column', { isPinned: column.isPinned ? undefined : true }),
          )}
          {item('Move left', () => left && actions.move(key, left.key), left === undefined, true)}
          {item('Move right', () => right && actions.move(key, right.key), right === undefined, true)}
          {item('Wider', resize(columnWidthStep), width >= toColumnWidth(width + columnWidthStep), true)}
          {item('Narrower', resize(-columnWidthStep), width <= toColumnWidth(width - columnWidthStep), true)}
          {item('Usual width', () => actions.set(key, 'Column width', { width: undefined }))}
          {item('Hide', () => actions.hide(key))}
          {metric && item('Description and unit…', () => setIsAbout(true))}
          {column.kind === 'number' && <ColumnNumberFields actions={actions} column={column} />}
        </>
      )}
    </ColumnMenuButton>
  )
  return (
    <>
      {menuButton}
      {isAbout && metric && (
        <Suspense>
          <MetricDialog
            address={menu.address}
            metrics={[{ key: metric.key, title: keyTitle(metric.key) }]}
            onClose={() => setIsAbout(false)}
          />
        </Suspense>
      )}
    </>
  )
}
