import type { TableCellValue, TableColumnInfo } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp } from 'lucide-react'
import type { ReactElement } from 'react'
import { type RowSelection, type TableSource, tablePageSize, tableQuery } from '../api/media-queries.ts'
import { exactText } from '../view/cell-text.ts'
import { CopyButton } from './copy-button.tsx'
import { Dialog } from './dialog.tsx'
import { MediaFile } from './media-file.tsx'
import { PictureDetail } from './picture-detail.tsx'

/** All fields of one row, whole. */
export function TableRowDialog(props: {
  readonly source: TableSource
  readonly selection: RowSelection
  readonly columns: readonly TableColumnInfo[]
  readonly rowCount: number
  readonly at: number
  readonly onChange: (at: number | undefined) => void
}): ReactElement | null {
  const { source, selection, columns, rowCount, at, onChange } = props
  const query = useQuery(tableQuery(source, selection, Math.floor(at / tablePageSize)))
  const row = query.data?.rows[at % tablePageSize]
  if (at >= rowCount) return null
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
      title={row === undefined ? 'Row' : `Row ${row.index + 1}`}
    >
      {row === undefined ? (
        <div aria-label="Loading the row" className="skeleton h-40" role="img" />
      ) : (
        <dl>
          {columns.map(({ name }, index) => (
            <div className="group grid gap-x-3 border-line border-t py-1.5 sm:grid-cols-[160px_1fr_auto]" key={name}>
              <dt className="break-words text-muted">{name}</dt>
              <dd className="min-w-0">
                <WholeCell cell={row.cells[index] ?? null} />
              </dd>
              <dd className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
                <CopyButton label={`Copy ${name}`} text={exactText(row.cells[index] ?? null)} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Dialog>
  )
}

function WholeCell({ cell }: { readonly cell: TableCellValue }): ReactElement {
  if (cell === null) return <span className="text-muted">No value</span>
  if (typeof cell !== 'object' || cell.kind === 'number' || cell.kind === 'time') {
    return <span className="whitespace-pre-wrap break-words">{exactText(cell)}</span>
  }
  switch (cell.kind) {
    case 'json':
      return <pre className="whitespace-pre-wrap break-words font-mono text-sm">{exactText(cell)}</pre>
    case 'image':
      return <PictureDetail fit={224} image={cell} />
    case 'audio':
    case 'video':
    case 'html':
    case 'file':
      return <MediaFile item={cell} kind={cell.kind} />
  }
}
