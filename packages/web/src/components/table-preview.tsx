import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { type TableSource, tableQuery } from '../api/media-queries.ts'
import { useAddress } from '../hooks/use-address.ts'
import { useSettled } from '../hooks/use-settled.ts'
import { formatCount } from '../view/format.ts'
import { nextSort, tableViewCodec } from '../view/media-state.ts'
import { SearchField } from './search-field.tsx'
import { TableGrid } from './table-grid.tsx'
import { TableRowDialog } from './table-row-dialog.tsx'

const settleMs = 200

/** A table that is a file of a version. */
export function TablePreview(props: { readonly version: number; readonly path: string }): ReactElement {
  const { version, path } = props
  const [state, store] = useAddress(tableViewCodec)
  const { sort, isDescending } = state
  const search = useSettled(state.search, settleMs)
  const source: TableSource = useMemo(() => ({ kind: 'version', id: version, path }), [version, path])
  const selection = useMemo(() => ({ sort, isDescending, search }), [sort, isDescending, search])
  const query = useQuery({ ...tableQuery(source, selection, 0), placeholderData: keepPreviousData })
  const { data } = query
  if (query.error && !data) {
    return (
      <p role="alert">
        {query.error.message}{' '}
        <button className="link-text" onClick={() => void query.refetch()} type="button">
          Retry
        </button>
      </p>
    )
  }
  if (data === undefined) return <div aria-label="Loading the table" className="skeleton h-40" role="img" />
  return (
    <>
      <div className="flex shrink-0 items-center gap-3 pb-2">
        <span className="text-muted">{formatCount(data.rowCount, 'row')}</span>
        <SearchField
          className="ml-auto w-44"
          label="Find rows"
          onChange={(text) => store.update({ search: text, row: undefined })}
          value={state.search}
        />
      </div>
      <TableGrid
        columns={data.columns}
        firstRows={data.rows}
        label={path}
        onOpen={(row) => store.update({ row })}
        onSort={(column) => store.update({ ...nextSort(state, column), row: undefined })}
        rowCount={data.rowCount}
        selection={selection}
        source={source}
      />
      {state.row !== undefined && (
        <TableRowDialog
          at={state.row}
          columns={data.columns}
          onChange={(row) => store.update({ row })}
          rowCount={data.rowCount}
          selection={selection}
          source={source}
        />
      )}
    </>
  )
}
