import type { TableCellValue, TableSelection } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp } from 'lucide-react'
import type { ReactElement } from 'react'
import { tableRowQuery } from '../../api/table-queries.ts'
import { exactText } from '../../view/tables/cell-text.ts'
import type { ShownColumn } from '../../view/tables/shown-columns.ts'
import { CopyButton } from '../controls/copy-button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { Failure } from '../controls/failure.tsx'
import { MediaFile } from '../media/media-file.tsx'
import { PictureDetail } from '../media/picture-detail.tsx'

/** A row by itself: all of its fields whole, or one of them as large as the screen allows. */
export function RowPage(props: {
  readonly selection: TableSelection
  readonly columns: readonly ShownColumn[]
  readonly rowCount: number
  /** Its place in the order on screen. */
  readonly at: number
  /** Undefined closes it. */
  readonly onChange: (at: number | undefined) => void
  /** The only column that is shown, enlarged. */
  readonly only?: string | undefined
}): ReactElement | null {
  const { selection, rowCount, at, only, onChange } = props
  const { data, error, refetch } = useQuery(tableRowQuery(selection, at))
  const row = data?.rows[0]
  const columns = only === undefined ? props.columns : props.columns.filter(({ key }) => key === only)
  if (at >= rowCount) return null
  const name = row === undefined ? 'Row' : row.count === undefined ? `Row ${row.index + 1}` : `Group ${at + 1}`
  return (
    <Dialog
      actions={
        <>
          <button
            aria-label="Previous row"
            className="icon-button"
            disabled={at === 0}
            onClick={() => onChange(at - 1)}
            type="button"
          >
            <ChevronUp size={16} />
          </button>
          <button
            aria-label="Next row"
            className="icon-button"
            disabled={at === rowCount - 1}
            onClick={() => onChange(at + 1)}
            type="button"
          >
            <ChevronDown size={16} />
          </button>
        </>
      }
      onClose={() => onChange(undefined)}
      title={only === undefined ? name : `${only}, ${name.toLowerCase()}`}
    >
      {error !== null ? (
        <Failure error={error} onRetry={refetch} />
      ) : row === undefined ? (
        <div aria-label="Loading the row" className="skeleton h-40" role="img" />
      ) : only !== undefined && columns[0] !== undefined ? (
        <WholeCell cell={row.cells[columns[0].index] ?? null} fit={innerHeight - 200} />
      ) : (
        <dl>
          {columns.map(({ key, index }) => (
            <div className="group grid gap-x-3 border-line border-t py-1.5 sm:grid-cols-[160px_1fr_auto]" key={key}>
              <dt className="break-words text-muted">{key}</dt>
              <dd className="min-w-0">
                <WholeCell cell={row.cells[index] ?? null} fit={224} />
              </dd>
              <dd className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
                <CopyButton label={`Copy ${key}`} text={exactText(row.cells[index] ?? null)} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Dialog>
  )
}

function WholeCell({ cell, fit }: { readonly cell: TableCellValue; readonly fit: number }): ReactElement {
  if (cell === null) return <span className="text-muted">No value</span>
  if (typeof cell !== 'object' || cell.kind === 'number' || cell.kind === 'time') {
    return <span className="whitespace-pre-wrap break-words">{exactText(cell)}</span>
  }
  switch (cell.kind) {
    case 'json':
      return <pre className="whitespace-pre-wrap break-words font-mono text-sm">{exactText(cell)}</pre>
    case 'cut':
      return (
        <>
          <span className="whitespace-pre-wrap break-words">{cell.text}</span>
          <p className="pt-2 text-muted">
            The rest of this text is too long for the page. Save the rows to have all of it.
          </p>
        </>
      )
    case 'group':
      return <span>{exactText(cell)}</span>
    case 'image':
      return <PictureDetail fit={fit} image={cell} />
    case 'audio':
    case 'video':
    case 'html':
    case 'file':
      return <MediaFile item={cell} kind={cell.kind} />
  }
}
