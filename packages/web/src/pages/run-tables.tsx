import type { MediaKey } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useCallback, useMemo } from 'react'
import { mediaKeysQuery, type RunAddress, type TableSource, tableQuery } from '../api/media-queries.ts'
import { ErrorMessage, PageMessage } from '../components/page-message.tsx'
import { SearchField } from '../components/search-field.tsx'
import { StepSlider } from '../components/step-slider.tsx'
import { TableGrid } from '../components/table-grid.tsx'
import { TableRowDialog } from '../components/table-row-dialog.tsx'
import { useAddress } from '../hooks/use-address.ts'
import { useSettled } from '../hooks/use-settled.ts'
import type { AddressStore } from '../view/address-store.ts'
import { formatCount, formatNumber } from '../view/format.ts'
import { nextSort, type TablesState, tablesCodec } from '../view/media-state.ts'
import { stepOf } from '../view/media-steps.ts'
import { compareNatural } from '../view/natural-order.ts'
import { isActive } from '../view/run-state.ts'
import { keyTitle } from '../view/sections.ts'
import { useOpenRun } from './run-page.tsx'

/** A search looks at every row. */
const settleMs = 200
/** How long to wait for the content of a table that was logged just now. */
const retryIntervalMs = 3000

/** The tables of a run, one at a time. */
export function RunTables(): ReactElement {
  const { address, run } = useOpenRun()
  const [state, store] = useAddress(tablesCodec)
  const at = useMemo(() => ({ ...address, runId: run.runId }), [address, run.runId])
  const query = useQuery(mediaKeysQuery(at))
  const tables = useMemo(
    () => (query.data?.keys ?? []).filter(({ kind }) => kind === 'table').sort((a, b) => compareNatural(a.key, b.key)),
    [query.data],
  )
  const table = tables.find(({ key }) => key === state.key) ?? tables[0]
  if (query.error && !query.data) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <div aria-label="Loading tables" className="skeleton m-4 h-40" role="img" />
  if (table === undefined) {
    return (
      <PageMessage title={isActive(run.state) ? 'No tables yet' : 'This run logged no tables'}>
        <p>
          A table shows predictions beside their inputs, pictures included:{' '}
          <code>run.log({'{ predictions: new Table({ columns, data }) }'})</code>
        </p>
      </PageMessage>
    )
  }
  const choose = (key: string) =>
    store.update({ key, sort: undefined, isDescending: false, search: '', row: undefined })
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      <h2 className="sr-only">Tables</h2>
      {tables.length > 1 && (
        <nav
          aria-label="Tables"
          className="shrink-0 overflow-y-auto border-line bg-panel p-2 max-md:max-h-32 max-md:border-b md:w-60 md:border-r"
        >
          <ul>
            {tables.map((one) => (
              <li key={one.key}>
                <button
                  aria-current={one === table}
                  className="block w-full truncate rounded-md px-2 py-1 text-left hover:bg-hover aria-[current=true]:bg-selected aria-[current=true]:font-medium"
                  onClick={() => choose(one.key)}
                  title={keyTitle(one.key)}
                  type="button"
                >
                  {keyTitle(one.key)}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <OpenTable isActive={isActive(run.state)} key={table.key} run={at} state={state} store={store} table={table} />
    </div>
  )
}

function OpenTable(props: {
  readonly run: RunAddress
  readonly table: MediaKey
  readonly state: TablesState
  readonly store: AddressStore<TablesState>
  readonly isActive: boolean
}): ReactElement {
  const { run, table, state, store } = props
  const step = stepOf(table, state.step) ?? 0
  const { sort, isDescending } = state
  const search = useSettled(state.search, settleMs)
  const source: TableSource = useMemo(() => ({ kind: 'run', run, key: table.key, step }), [run, table.key, step])
  const selection = useMemo(() => ({ sort, isDescending, search }), [sort, isDescending, search])
  const query = useQuery({
    ...tableQuery(source, selection, 0),
    placeholderData: keepPreviousData,
    // Its content comes after its row.
    refetchInterval: ({ state: { error } }) => (error !== null && props.isActive ? retryIntervalMs : false),
  })
  const setStep = useCallback((to: number | undefined) => store.update({ step: to }), [store])
  const title = keyTitle(table.key)
  const { data } = query
  return (
    <section aria-label={title} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-3 px-4 py-2">
        <h3 className="truncate font-semibold">{title}</h3>
        {data && <RowCount data={data} isFiltered={search !== ''} />}
        <StepSlider asked={state.step} onChange={setStep} steps={table.steps} />
        <SearchField
          className="ml-auto w-48"
          label="Find rows"
          onChange={(text) => store.update({ search: text, row: undefined })}
          value={state.search}
        />
      </div>
      {query.error && !query.isFetching ? (
        <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
      ) : data === undefined ? (
        <div aria-label={`Loading ${title}`} className="skeleton m-4 h-40" role="img" />
      ) : data.rowCount === 0 && search !== '' ? (
        <PageMessage title={`No row holds “${search}”`}>
          <button className="button" onClick={() => store.update({ search: '' })} type="button">
            Clear search
          </button>
        </PageMessage>
      ) : (
        <TableGrid
          columns={data.columns}
          firstRows={data.rows}
          label={title}
          onOpen={(row) => store.update({ row })}
          onSort={(column) => store.update({ ...nextSort(state, column), row: undefined })}
          rowCount={data.rowCount}
          selection={selection}
          source={source}
        />
      )}
      {data && state.row !== undefined && (
        <TableRowDialog
          at={state.row}
          columns={data.columns}
          onChange={(row) => store.update({ row })}
          rowCount={data.rowCount}
          selection={selection}
          source={source}
        />
      )}
    </section>
  )
}

function RowCount(props: {
  readonly data: { readonly rowCount: number; readonly loggedRowCount: number }
  readonly isFiltered: boolean
}): ReactElement {
  const { rowCount, loggedRowCount } = props.data
  const isPart = props.isFiltered || rowCount < loggedRowCount
  return (
    <span className="shrink-0 text-muted">
      {isPart ? `${formatNumber(rowCount)} of ${formatCount(loggedRowCount, 'row')}` : formatCount(rowCount, 'row')}
      {!props.isFiltered && rowCount < loggedRowCount && ': only the run’s own copy is left'}
    </span>
  )
}
