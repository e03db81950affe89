import type { TableCombination, TablePlace } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type UIEvent, useMemo } from 'react'
import { tableWindowQuery } from '../../api/table-queries.ts'
import type { TableMode } from '../../view/panels/table-panel.ts'
import { guessJoinColumn, joinColumns } from '../../view/tables/join-column.ts'
import type { TableState } from '../../view/tables/table-state.ts'
import { formatNumber } from '../../view/text/format.ts'
import { Swatch } from '../chart/swatch.tsx'
import { Failure } from '../controls/failure.tsx'
import type { TableOrigin } from './grid-head-cell.tsx'
import { TableExplorer } from './table-explorer.tsx'

/** A table among several. */
export interface NamedTable extends TableOrigin {
  readonly place: TablePlace
}

/** The server puts no more tables together. */
const togetherMax = 20
/** Grids beside each other that can still be read. */
const separateMax = 6

interface SeveralTablesProps {
  readonly mode: Exclude<TableMode, 'one'>
  readonly tables: readonly NamedTable[]
  /** What the rows of a table are named after, such as "Run". */
  readonly kin: string
  readonly label: string
  readonly joinColumn: string | undefined
  readonly onJoinColumn: (column: string) => void
  readonly state: TableState
  readonly onChange: (patch: Partial<TableState>) => void
  /** There is little room. */
  readonly isCompact: boolean
}

/** Several tables with the same columns: behind each other, side by side by a column, or in grids of their own that move together. */
export function SeveralTables(props: SeveralTablesProps): ReactElement {
  const { mode, label, state, onChange } = props
  const most = mode === 'separate' ? separateMax : togetherMax
  const tables = props.tables.slice(0, most)
  const note = tables.length < props.tables.length && (
    <p className="shrink-0 pt-1 text-muted text-sm">
      Showing {formatNumber(tables.length)} of {formatNumber(props.tables.length)} tables: the first ones of the list.
    </p>
  )
  if (mode === 'separate') {
    return (
      <>
        {note}
        <SeparateTables isCompact={props.isCompact} label={label} onChange={onChange} state={state} tables={tables} />
      </>
    )
  }
  return (
    <>
      {note}
      <TogetherTables {...props} mode={mode} tables={tables} />
    </>
  )
}

function TogetherTables(props: SeveralTablesProps & { readonly mode: 'concat' | 'compare' }): ReactElement {
  const { mode, tables, kin } = props
  const places = tables.map(({ place }) => place)
  // The columns to choose from are those of the first table.
  const first = useQuery({
    ...tableWindowQuery({ tables: places.slice(0, 1) }, 0),
    enabled: mode === 'compare',
  })
  const columns = first.data?.columns ?? []
  const key = props.joinColumn ?? guessJoinColumn(columns)
  const names = tables.map(({ name }) => name)
  const combine: TableCombination | undefined =
    mode === 'concat'
      ? { kind: 'concat', column: kin, labels: names }
      : key === undefined
        ? undefined
        : { kind: 'compare', key }
  if (combine === undefined) {
    return first.error === null ? (
      <div aria-label={`Loading ${props.label}`} className="skeleton min-h-24 flex-1" role="img" />
    ) : (
      <Failure error={first.error} onRetry={first.refetch} />
    )
  }
  return (
    <TableExplorer
      isCompact={props.isCompact}
      label={props.label}
      onChange={props.onChange}
      source={{ tables: places, combine }}
      sources={tables}
      state={props.state}
    >
      {mode === 'compare' ? (
        <label className="flex shrink-0 items-center gap-2 pt-1 text-sm">
          Rows belong together by
          <select className="control h-7 py-0" onChange={({ target }) => props.onJoinColumn(target.value)} value={key}>
            {joinColumns(columns).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : undefined}
    </TableExplorer>
  )
}

function SeparateTables(props: {
  readonly tables: readonly NamedTable[]
  readonly label: string
  readonly state: TableState
  readonly onChange: (patch: Partial<TableState>) => void
  /** There is little room. */
  readonly isCompact: boolean
}): ReactElement {
  const { tables, label, state, onChange } = props
  // The open row is one of a single grid; the others stay closed.
  const closed = useMemo(() => ({ ...state, row: undefined }), [state])
  return (
    <div className="flex min-h-0 flex-1 gap-3 overflow-x-auto" onScrollCapture={scrollTogether}>
      {tables.map(({ name, style, place }, index) => (
        <section aria-label={name} className="flex h-full min-w-72 flex-1 flex-col" key={name + String(index)}>
          <h4 className="flex min-w-0 items-center gap-1.5 pt-1 font-medium" title={name}>
            {style && <Swatch style={style} width={14} />}
            <span className="truncate">{name}</span>
          </h4>
          <TableExplorer
            hasTools={index === 0}
            isCompact={props.isCompact}
            label={`${label} of ${name}`}
            onChange={onChange}
            source={{ tables: [place] }}
            state={index === 0 ? state : closed}
          />
        </section>
      ))}
    </div>
  )
}

/** All grids show the same place. */
function scrollTogether(event: UIEvent<HTMLElement>): void {
  const moved = event.target as HTMLElement
  if (moved.getAttribute('role') !== 'grid') return
  for (const grid of event.currentTarget.querySelectorAll<HTMLElement>('[role=grid]')) {
    if (grid === moved) continue
    // What is where it should be makes no further event.
    if (grid.scrollTop !== moved.scrollTop) grid.scrollTop = moved.scrollTop
    if (grid.scrollLeft !== moved.scrollLeft) grid.scrollLeft = moved.scrollLeft
  }
}
