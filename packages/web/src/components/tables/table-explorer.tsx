import type { TableSelection } from '@lossline/protocol'
import { type ReactElement, useMemo, useState } from 'react'
import { tableExportUrl } from '../../api/table-queries.ts'
import { useTableLanguage } from '../../hooks/tables/use-table-language.ts'
import { useShownTable } from '../../hooks/tables/use-table-windows.ts'
import { useLastGood } from '../../hooks/use-last-good.ts'
import { useSame } from '../../hooks/use-same.ts'
import { useSettled } from '../../hooks/use-settled.ts'
import { shownColumns } from '../../view/tables/shown-columns.ts'
import { type TableState, toSelection } from '../../view/tables/table-state.ts'
import { GuideLink } from '../guide/guide-link.tsx'
import { PageMessage } from '../shell/page-message.tsx'
import { ExplorerGrid } from './explorer-grid.tsx'
import type { TableOrigin } from './grid-head-cell.tsx'
import { RowPage } from './row-page.tsx'
import { SlowNote } from './slow-note.tsx'
import { TableToolbar } from './table-toolbar.tsx'

/** The server goes through all rows for each question. */
const settleMs = 250
/** Who has not typed for so long is taken to have finished. */
const typingMs = 700

/** Which table is explored, and what is done with what people choose. */
export interface TableExplorerProps {
  readonly source: Pick<TableSelection, 'tables' | 'combine'>
  readonly label: string
  readonly state: TableState
  readonly onChange: (patch: Partial<TableState>) => void
  /** Of tables side by side: what each is called. */
  readonly sources?: readonly TableOrigin[]
  /** The run still goes on: what is not here yet may come. */
  readonly mayCome?: boolean
  /** False: another grid has the tools for this one too. Default true. */
  readonly hasTools?: boolean
  /** There is little room: tools come when they are asked for, and heads of columns are low. */
  readonly isCompact?: boolean
  /** Before the count of rows, such as a choice of steps. */
  readonly children?: ReactElement | null | undefined
}

/** A table, or several as one: filtered, sorted, grouped and described by the server, with a grid, a page for each row, and exports. */
export function TableExplorer(props: TableExplorerProps): ReactElement {
  const {
    source,
    label,
    state,
    onChange,
    sources = noSources,
    mayCome = false,
    hasTools = true,
    isCompact = false,
  } = props
  const wanted = useWanted(source, state)
  const { shown: answered, query } = useShownTable(wanted, mayCome)
  const error = query.error !== null && !query.isFetching ? query.error.message : undefined
  // A filter that finds nothing may be half a filter, and so may one that has a fault now.
  const typed = `${state.filter}\n${state.search}`
  const isUnfinished = useSettled(typed, typingMs) !== typed || error !== undefined
  const isGood = answered !== undefined && answered.first.rowCount > 0
  const shown = useLastGood(answered, { isGood, isHeld: isUnfinished, of: JSON.stringify(source) })
  const [zoomed, setZoomed] = useState<{ readonly row: number; readonly column: string }>()
  const first = shown?.first
  const columns = useMemo(
    () => (first === undefined ? [] : shownColumns(first.columns, state, first.rows)),
    [first, state],
  )
  const { language, onWanted } = useTableLanguage(wanted, first, state.filter)
  const exportUrl = (format: 'csv' | 'json', isInView: boolean): string =>
    isInView
      ? tableExportUrl(
          wanted,
          columns.map(({ key }) => key),
          { format, name: label },
        )
      : tableExportUrl({ ...source, computed: state.computed }, undefined, { format, name: label })
  return (
    <>
      {props.children}
      {hasTools ? (
        <TableToolbar
          error={error}
          exportUrl={exportUrl}
          first={first}
          isCompact={isCompact}
          isCompared={source.combine?.kind === 'compare'}
          language={language}
          onChange={onChange}
          onWanted={onWanted}
          state={state}
        />
      ) : (
        error !== undefined && (
          <p className="text-bad text-sm" role="alert">
            {error}
          </p>
        )
      )}
      <SlowNote isFetching={query.isFetching && query.data === undefined} selection={wanted} />
      {shown === undefined || first === undefined ? (
        error === undefined ? (
          <div aria-label={`Loading ${label}`} className="skeleton min-h-24 flex-1" role="img" />
        ) : (
          <div className="flex flex-1 items-start gap-2">
            <button className="button" onClick={() => void query.refetch()} type="button">
              Retry
            </button>
            {`${state.filter}${state.search}` !== '' && (
              <button className="button" onClick={() => onChange({ filter: '', search: '' })} type="button">
                Clear filter
              </button>
            )}
          </div>
        )
      ) : first.columns.length === 0 ? (
        <PageMessage title="This table has no columns">
          <GuideLink to="tables#rows-and-columns">Rows and columns of tables</GuideLink>
        </PageMessage>
      ) : first.rowCount === 0 && first.isComplete ? (
        <NoRows onChange={onChange} state={state} tableRowCount={first.tableRowCount} />
      ) : (
        <ExplorerGrid
          first={first}
          isCompact={isCompact}
          label={label}
          onChange={onChange}
          onZoom={(row, column) => setZoomed({ row, column })}
          selection={shown.selection}
          shown={columns}
          sources={sources}
          state={state}
        />
      )}
      {shown !== undefined && state.row !== undefined && (
        <RowPage
          at={state.row}
          columns={columns}
          onChange={(row) => onChange({ row })}
          rowCount={shown.first.rowCount}
          selection={shown.selection}
        />
      )}
      {shown !== undefined && zoomed !== undefined && state.row === undefined && (
        <RowPage
          at={zoomed.row}
          columns={columns}
          onChange={(row) => setZoomed(row === undefined ? undefined : { ...zoomed, row })}
          only={zoomed.column}
          rowCount={shown.first.rowCount}
          selection={shown.selection}
        />
      )}
    </>
  )
}

/** What is asked once typing has come to rest. */
function useWanted(source: TableExplorerProps['source'], state: TableState): TableSelection {
  const filter = useSettled(state.filter, settleMs)
  const search = useSettled(state.search, settleMs)
  return useSame(toSelection(source, { ...state, filter, search }))
}

function NoRows(props: {
  readonly state: TableState
  readonly tableRowCount: number
  readonly onChange: (patch: Partial<TableState>) => void
}): ReactElement {
  const { search, filter } = props.state
  if (props.tableRowCount === 0)
    return (
      <PageMessage title="This table has no rows">
        <GuideLink to="tables#rows-and-columns">Rows and columns of tables</GuideLink>
      </PageMessage>
    )
  const title = search !== '' && filter === '' ? `No row holds “${search}”` : 'No row matches'
  return (
    <PageMessage title={title}>
      <button
        className="button"
        onClick={() => props.onChange({ search: '', filter: '', isChangedOnly: false })}
        type="button"
      >
        Clear filter
      </button>
      <GuideLink to="tables#filters">Filters of tables</GuideLink>
    </PageMessage>
  )
}

const noSources: readonly TableOrigin[] = []
