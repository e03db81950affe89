import { Copy, Download } from 'lucide-react'
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { copyText } from '../../view/browser/clipboard.ts'
import { download } from '../../view/browser/download.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { ariaSort, sortHint } from '../../view/text/sort-rule.ts'

const rowsAtFirst = 200

/** A column of what a chart shows. */
export interface DataColumn<Row, Id> {
  readonly id: Id
  readonly label: string
  readonly text: (row: Row) => string
  /** It is put in order from A to Z. Default: as numbers are. */
  readonly isText?: boolean
  /** Where its text leads; undefined: nowhere. */
  readonly link?: (row: Row) => string | undefined
}

/** "View as table" of a chart: sortable, copyable, as a CSV file. */
export function DataTable<Row, Id extends string | number>(props: {
  readonly title: string
  readonly className: string
  readonly columns: readonly DataColumn<Row, Id>[]
  readonly rows: readonly Row[]
  readonly sortRows: (rows: readonly Row[], by: Id, isDescending: boolean) => readonly Row[]
  /** @param rows - As they are sorted. */
  readonly toCsv: (rows: readonly Row[]) => string
}): ReactElement {
  const { title, className, columns, rows, sortRows, toCsv } = props
  const [sort, setSort] = useState<{ readonly by: Id; readonly isDescending: boolean }>()
  const [rowCount, setRowCount] = useState(rowsAtFirst)
  const sorted = useMemo(() => (sort ? sortRows(rows, sort.by, sort.isDescending) : rows), [rows, sort, sortRows])
  const region = useRef<HTMLElement>(null)
  useEffect(() => {
    // What was drawn here had the focus and is gone; without this the keyboard would start again at the top of the page.
    if (document.activeElement === document.body) region.current?.focus({ preventScroll: true })
  }, [])
  return (
    <section
      ref={region}
      aria-label={`${title} as table`}
      className={`overflow-auto border-line border-t text-sm ${className}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
      tabIndex={0}
    >
      <div className="sticky left-0 flex items-center gap-2 px-3 py-1.5 text-muted">
        {formatCount(rows.length, 'row')}
        <button
          className="icon-button ml-auto"
          onClick={() => void copyText(toCsv(sorted))}
          title="Copy as CSV"
          type="button"
        >
          <Copy aria-label="Copy as CSV" size={14} />
        </button>
        <button
          className="icon-button"
          onClick={() => download(`${title}.csv`, toCsv(sorted), 'text/csv')}
          title="Download CSV"
          type="button"
        >
          <Download aria-label="Download CSV" size={14} />
        </button>
      </div>
      <table className="w-full">
        <thead className="sticky top-0 bg-panel text-muted">
          <tr>
            {columns.map(({ id, label, isText = false }) => {
              const isSorted = sort?.by === id
              return (
                <th
                  aria-sort={ariaSort(isSorted ? sort.isDescending : undefined)}
                  className="px-3 py-1 text-left font-normal"
                  key={id}
                >
                  <button
                    className="min-h-6 hover:text-text"
                    onClick={() => setSort({ by: id, isDescending: isSorted ? !sort.isDescending : !isText })}
                    title={`${label}: ${sortHint(isText)}`}
                    type="button"
                  >
                    {label}
                    {isSorted && (sort.isDescending ? ' ↓' : ' ↑')}
                  </button>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, rowCount).map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity; equal ones may repeat.
            <tr className="border-line border-t" key={i}>
              {columns.map(({ id, text, link }) => (
                <td className="whitespace-nowrap px-3 py-0.5" key={id}>
                  <LinkedText href={link?.(row)} text={text(row)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > rowCount && (
        <button className="link-text px-3 py-2" onClick={() => setRowCount(rowCount * 5)} type="button">
          Showing {formatCount(rowCount, 'row')} of {formatNumber(sorted.length)}. Show more
        </button>
      )}
    </section>
  )
}

function LinkedText({ text, href }: { readonly text: string; readonly href: string | undefined }): ReactElement {
  if (href === undefined) return <>{text}</>
  return (
    <a className="link-text" href={href} rel="noopener noreferrer" target="_blank">
      {text}
    </a>
  )
}
