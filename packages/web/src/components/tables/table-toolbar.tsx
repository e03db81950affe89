import type { QueryLanguage, TableWindowResponse } from '@lossline/protocol'
import { Rows2, Rows3, SlidersHorizontal, Square } from 'lucide-react'
import { type ReactElement, useId, useState } from 'react'
import { problemOf } from '../../view/filter/query-problem.ts'
import type { RowHeight, TableState } from '../../view/tables/table-state.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { SearchField } from '../controls/search-field.tsx'
import { FilterBar } from '../filter/filter-bar.tsx'
import { TableColumnsMenu } from './table-columns-menu.tsx'
import { TableExportMenu } from './table-export-menu.tsx'
import { TableFormulas } from './table-formulas.tsx'

/** What can be done with a table as a whole. */
export interface TableToolbarProps {
  readonly first: TableWindowResponse | undefined
  /** Of its filters. */
  readonly language: QueryLanguage
  /** Somebody is about to write a filter. */
  readonly onWanted: () => void
  readonly state: TableState
  readonly onChange: (patch: Partial<TableState>) => void
  /** Why the question that is asked now has no answer. */
  readonly error: string | undefined
  /** Where rows are saved from, for all columns or those in view. */
  readonly exportUrl: (format: 'csv' | 'json', isInView: boolean) => string
  /** Whether tables stand side by side. */
  readonly isCompared: boolean
  /** There is little room: the tools come when they are asked for. */
  readonly isCompact: boolean
}

const heights: readonly { readonly height: RowHeight; readonly label: string; readonly Icon: typeof Rows2 }[] = [
  { height: 'low', label: 'Low rows', Icon: Rows3 },
  { height: 'middle', label: 'Middle rows', Icon: Rows2 },
  { height: 'high', label: 'High rows', Icon: Square },
]

/** Above a grid: how many rows there are, which are wanted, which columns, and where to save them. */
export function TableToolbar(props: TableToolbarProps): ReactElement {
  const { first, isCompact, state, error } = props
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  const isChosen = `${state.filter}${state.search}` !== ''
  const errorId = `${id}-error`
  return (
    <div className={`flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 ${isCompact ? 'pb-1' : 'py-1.5'}`}>
      {first && <span className="whitespace-nowrap text-muted text-sm">{countText(first, state)}</span>}
      {isCompact && (
        <button
          aria-expanded={isOpen}
          aria-label={isChosen ? 'Tools of the table, rows are filtered' : 'Tools of the table'}
          className="icon-button ml-auto size-6 aria-expanded:text-accent"
          onClick={() => setIsOpen(!isOpen)}
          title="Filter, find, columns, save"
          type="button"
        >
          <SlidersHorizontal className={isChosen ? 'text-accent' : ''} size={14} />
        </button>
      )}
      {(!isCompact || isOpen) && <Tools {...props} errorId={errorId} />}
      {error !== undefined && (
        <p className="w-full text-bad text-sm" id={errorId} role="alert">
          {error} {first !== undefined && <span className="text-muted">Showing the previous result.</span>}
        </p>
      )}
    </div>
  )
}

function Tools(props: TableToolbarProps & { readonly errorId: string }): ReactElement {
  const { first, state, onChange, errorId } = props
  return (
    <>
      <FilterBar
        className="min-w-44 flex-1 max-sm:basis-full"
        label="Filter rows"
        language={props.language}
        onChange={(filter) => onChange({ filter, row: undefined })}
        onWanted={props.onWanted}
        placeholder={
          props.isCompared
            ? 'Filter rows where any table has: score > 0.5'
            : 'Filter rows: score > 0.5 and label in [cat, dog]'
        }
        problem={props.error === undefined ? undefined : problemOf(props.error)}
        problemId={errorId}
        title={
          props.isCompared
            ? 'A name means the column of any of the tables; “score (1)” in quotes is that of the first one alone.'
            : undefined
        }
        value={state.filter}
      />
      <SearchField
        className="w-40"
        label="Find rows"
        onChange={(search) => onChange({ search, row: undefined })}
        value={state.search}
      />
      {props.isCompared && (
        <label className="flex items-center gap-1.5 whitespace-nowrap text-sm">
          <input
            checked={state.isChangedOnly}
            className="accent-accent"
            onChange={({ target }) => onChange({ isChangedOnly: target.checked, row: undefined })}
            type="checkbox"
          />
          Changed rows only
        </label>
      )}
      <div className="flex items-center">
        <TableFormulas columns={first?.columns ?? []} onChange={onChange} state={state} />
        <TableColumnsMenu columns={first?.columns ?? []} onChange={onChange} state={state} />
        {heights.map(({ height, label, Icon }) => (
          <button
            aria-label={label}
            aria-pressed={state.rowHeight === height}
            className="icon-button aria-pressed:text-accent"
            key={height}
            onClick={() => onChange({ rowHeight: state.rowHeight === height ? undefined : height })}
            title={label}
            type="button"
          >
            <Icon size={15} />
          </button>
        ))}
        <TableExportMenu isReady={first?.isComplete === true} urlOf={props.exportUrl} />
      </div>
    </>
  )
}

/** How many rows are shown of how many. */
export function countText(first: TableWindowResponse, { group }: Pick<TableState, 'group'>): string {
  const { rowCount, tableRowCount, loggedRowCount, isComplete } = first
  if (!isComplete) return `${formatCount(rowCount, 'row')} so far`
  if (group.length > 0) return `${formatCount(rowCount, 'group')}`
  if (rowCount < tableRowCount) return `${formatNumber(rowCount)} of ${formatCount(tableRowCount, 'row')}`
  if (tableRowCount < loggedRowCount) {
    return `${formatNumber(rowCount)} of ${formatCount(loggedRowCount, 'row')}: only the run’s own copy is left`
  }
  return formatCount(rowCount, 'row')
}
