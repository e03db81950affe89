import type { TablePlace } from '@lossline/protocol'
import { ChevronDown, ChevronRight, Download } from 'lucide-react'
import { type ReactElement, useRef } from 'react'
import { useRows } from '../../hooks/use-rows.ts'
import type { FileRow } from '../../view/files/file-tree.ts'
import { formatBytes } from '../../view/text/bytes.ts'
import { formatCount } from '../../view/text/format.ts'

/** A file in a list. */
export interface ListedFile {
  readonly name: string
  readonly sizeBytes: number | undefined
  /** Undefined where the bytes are elsewhere. */
  readonly url: string | undefined
  /** Right of the size, such as when it was changed. */
  readonly note?: { readonly text: string; readonly title: string }
  /** Where the rows of a table are. */
  readonly table?: TablePlace
  /** Where the bytes are, if not here. */
  readonly reference?: string | undefined
}

/** Folders and files, any number; files can be opened and downloaded. */
export function FileList(props: {
  readonly rows: readonly FileRow<ListedFile>[]
  readonly label: string
  readonly open: string | undefined
  readonly onOpen: (name: string) => void
  readonly onToggle: (folder: string) => void
}): ReactElement {
  const { rows, label, open, onOpen, onToggle } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [virtualizer, rowHeight] = useRows(34, {
    count: rows.length,
    getScrollElement: () => scroller.current,
    overscan: 20,
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="min-h-0 flex-1 overflow-y-auto" ref={scroller} tabIndex={0}>
      <ul aria-label={label} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index] as FileRow<ListedFile>
          const place = { height: rowHeight, transform: `translateY(${item.start}px)` }
          if (row.kind === 'folder') {
            return (
              <li className="absolute inset-x-0 top-0 border-line border-b hover:bg-hover" key={item.key} style={place}>
                <button
                  aria-expanded={row.isOpen}
                  className="flex h-full w-full items-center gap-1.5 pr-10.5 text-left"
                  onClick={() => onToggle(row.path)}
                  style={{ paddingLeft: indent(row.depth) }}
                  type="button"
                >
                  {row.isOpen ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
                  <span className="min-w-0 flex-1 truncate font-mono text-sm">{row.label}/</span>
                  <span className="text-muted text-sm">{formatCount(row.fileCount, 'file')}</span>
                  <span className="w-20 shrink-0 text-right">{formatBytes(row.sizeBytes)}</span>
                </button>
              </li>
            )
          }
          const { file } = row
          return (
            <li
              className="absolute inset-x-0 top-0 flex items-center gap-3 border-line border-b pr-2 hover:bg-hover has-aria-[current=true]:bg-selected"
              key={item.key}
              style={place}
            >
              <button
                aria-current={file.name === open}
                className="h-full min-w-0 flex-1 truncate text-left font-mono text-sm"
                onClick={() => onOpen(file.name)}
                style={{ paddingLeft: indent(row.depth) }}
                title={file.name}
                type="button"
              >
                {row.label}
              </button>
              {file.reference !== undefined && (
                <span
                  className="max-w-64 truncate rounded bg-waiting-surface px-1.5 text-sm text-waiting"
                  title={file.reference}
                >
                  {file.url === undefined ? 'external' : 'reference'}
                </span>
              )}
              <span className="w-20 shrink-0 text-right">
                {file.sizeBytes === undefined ? '–' : formatBytes(file.sizeBytes)}
              </span>
              {file.note && (
                <span className="w-24 shrink-0 text-right text-muted max-sm:hidden" title={file.note.title}>
                  {file.note.text}
                </span>
              )}
              {file.url === undefined ? (
                <span className="w-6.5" />
              ) : (
                <a
                  aria-label={`Download ${file.name}`}
                  className="icon-button"
                  download={file.name.slice(file.name.lastIndexOf('/') + 1)}
                  href={file.url}
                  title="Download"
                >
                  <Download size={14} />
                </a>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function indent(depth: number): number {
  return 12 + depth * 16
}
