import type { TableSort } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { typeName } from '../../view/tables/cell-text.ts'
import { moveColumn, type ShownColumn } from '../../view/tables/shown-columns.ts'
import {
  nextSort,
  quoted,
  removeFormula,
  type TableState,
  toggleGroup,
  toggleName,
  withCondition,
} from '../../view/tables/table-state.ts'
import { ColumnMenuButton } from '../controls/column-menu-button.tsx'

/** Everything that can be done with a column, also what is done by dragging. */
export function ColumnMenu(props: {
  readonly column: ShownColumn
  readonly shown: readonly ShownColumn[]
  readonly state: TableState
  readonly onChange: (patch: Partial<TableState>) => void
}): ReactElement {
  const { column, shown, state, onChange } = props
  const { name, type } = column.info
  const at = shown.indexOf(column)
  const sortBy = (isDescending: boolean, others: readonly TableSort[]): void =>
    onChange({ sort: [...others.filter((one) => one.column !== name), { column: name, isDescending }], row: undefined })
  const isSorted = state.sort.some((one) => one.column === name)
  const move = (by: number): void => onChange({ order: moveColumn(shown, name, at + by, state) })
  return (
    <ColumnMenuButton
      heading={`${name} · ${typeName(type)}`}
      headingTitle={name}
      panelClassName="w-60 p-1"
      title={name}
    >
      {(item) => (
        <>
          {item('Sort ascending', () => sortBy(false, []))}
          {item('Sort descending', () => sortBy(true, []))}
          {state.sort.length > 0 &&
            !isSorted &&
            item('Sort equal ones by this', () => onChange({ sort: nextSort(state.sort, column.info, true) }))}
          {isSorted &&
            item('Do not sort by this', () =>
              onChange({ sort: state.sort.filter((one) => one.column !== name), row: undefined }),
            )}
          {item('Only rows that have it', () =>
            onChange({ filter: withCondition(state.filter, `has(${quoted(name)})`), row: undefined }),
          )}
          {item(column.isKey ? 'Do not group by this' : 'Group by this', () => onChange(toggleGroup(state, name)))}
          {!column.isKey &&
            item(column.isPinned ? 'Unpin' : 'Pin to the left', () =>
              onChange({ pinned: toggleName(state.pinned, name) }),
            )}
          {item('Move left', () => move(-1), at === 0)}
          {item('Move right', () => move(1), at === shown.length - 1)}
          {!column.isKey && item('Hide', () => onChange({ hidden: [...state.hidden, name] }))}
          {column.isComputed && item('Remove the formula', () => onChange(removeFormula(state, name)))}
        </>
      )}
    </ColumnMenuButton>
  )
}
