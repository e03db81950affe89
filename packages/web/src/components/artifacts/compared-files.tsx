import type { ArtifactFileInfo, ArtifactVersionDetail } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useRef } from 'react'
import { useRows } from '../../hooks/use-rows.ts'
import type { ComparedFile } from '../../view/artifacts/compare-versions.ts'
import { filePreview } from '../../view/files/file-preview.ts'
import { formatBytes } from '../../view/text/bytes.ts'
import { ChangeBadge } from './change-badge.tsx'

const rowsShown = 14

/** Files of two versions with their sizes; texts and tables that have changed can be opened. */
export function ComparedFiles(props: {
  readonly before: ArtifactVersionDetail
  readonly after: ArtifactVersionDetail
  readonly files: readonly ComparedFile[]
  readonly open: string | undefined
  readonly onOpen: (path: string) => void
}): ReactElement {
  const { before, after, files, open, onOpen } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [virtualizer, rowHeight] = useRows(32, {
    count: files.length,
    getScrollElement: () => scroller.current,
    overscan: 10,
  })
  if (files.length === 0) return <p className="px-3 text-muted">All files are the same.</p>
  return (
    <div
      className="overflow-y-auto"
      ref={scroller}
      style={{ height: Math.min(files.length, rowsShown) * rowHeight }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      <ul aria-label="Files of both versions" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const file = files[item.index] as ComparedFile
          return (
            <li
              className="absolute inset-x-0 flex items-center gap-3 border-line border-t px-3 hover:bg-hover"
              key={file.path}
              style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
            >
              <span className="min-w-0 flex-1 truncate font-mono text-sm" title={file.path}>
                {file.path}
              </span>
              {canBeOpened(file) && (
                <button
                  aria-expanded={file.path === open}
                  aria-label={`${file.path === open ? 'Hide' : 'Show'} changes of ${file.path}`}
                  className="link-text min-h-6"
                  onClick={() => onOpen(file.path)}
                  type="button"
                >
                  {file.path === open ? 'Hide changes' : 'Show changes'}
                </button>
              )}
              {file.path.endsWith('.table.json') &&
                [file.before && before, file.after && after].map(
                  (version) =>
                    version && (
                      <Link
                        className="link-text"
                        key={version.id}
                        params={{
                          entity: version.entity,
                          project: version.project,
                          type: version.type,
                          name: version.collection,
                          version: version.version,
                          _splat: file.path,
                        }}
                        to="/$entity/$project/artifacts/$type/$name/$version/files/$"
                      >
                        Table in {version.version}
                      </Link>
                    ),
                )}
              <span className="w-20 shrink-0">
                <ChangeBadge kind={file.kind} />
              </span>
              <span className="w-40 shrink-0 text-right text-muted text-sm max-sm:hidden">{sizes(file)}</span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function canBeOpened({ path, kind, before, after }: ComparedFile): boolean {
  const isReadable = (file: ArtifactFileInfo | undefined): boolean =>
    file?.url !== undefined &&
    (path.endsWith('.table.json') || ['text', 'html'].includes(filePreview(path, file.sizeBytes)))
  return kind === 'changed' && isReadable(before) && isReadable(after)
}

function sizes({ before, after, kind }: ComparedFile): string {
  const size = (file: ArtifactFileInfo | undefined): string =>
    file?.sizeBytes === undefined ? '–' : formatBytes(file.sizeBytes)
  return kind === 'changed' ? `${size(before)} → ${size(after)}` : size(after ?? before)
}
