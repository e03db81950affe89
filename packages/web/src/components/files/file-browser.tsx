import { FolderDown } from 'lucide-react'
import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { useAddress } from '../../hooks/use-address.ts'
import { useOpenFile } from '../../hooks/use-open-file.ts'
import { toFileRows } from '../../view/files/file-tree.ts'
import { filesCodec } from '../../view/files/files-state.ts'
import { formatBytes } from '../../view/text/bytes.ts'
import { formatCount } from '../../view/text/format.ts'
import { SearchField } from '../controls/search-field.tsx'
import { GuideLink } from '../guide/guide-link.tsx'
import { PageMessage } from '../shell/page-message.tsx'
import { FileList, type ListedFile } from './file-list.tsx'
import { FilePreviewPane } from './file-preview.tsx'

/** Files with a filter, and the one that is open beside them. */
export function FileBrowser(props: {
  readonly files: readonly ListedFile[]
  /** Where all of them can be had as one archive. */
  readonly zipUrl: string
  /** Below the list: how to get the rest of it. */
  readonly more?: ReactNode
  /** Asked for what is not listed yet, again after each part of it: a search looks at every file, and a link opens any. */
  readonly onWant?: () => void
}): ReactElement {
  const { files, more, onWant } = props
  const [state, store] = useAddress(filesCodec)
  const wanted = state.search.trim().toLowerCase()
  const found = files.filter(({ name }) => name.toLowerCase().includes(wanted))
  const total = found.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0)
  const [openName, setOpen] = useOpenFile(state)
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  // Folders that somebody closes stay closed, so only the file of the link counts.
  const [linked] = useState(openName)
  const toggle = (folder: string): void => {
    const next = new Set(toggled)
    if (!next.delete(folder)) next.add(folder)
    setToggled(next)
  }
  const open = files.find(({ name }) => name === openName)
  const isWanting = wanted !== '' || (openName !== undefined && open === undefined)
  // What was searched for is told with its whole path.
  const rows =
    wanted === ''
      ? toFileRows(files, toggled, linked)
      : found.map((file) => ({ kind: 'file', file, label: file.name, depth: 0 }) as const)
  useEffect(() => {
    if (isWanting) onWant?.()
  })
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex shrink-0 items-center gap-3 px-4 py-2">
          <SearchField
            className="w-56"
            label="Find files"
            onChange={(search) => store.update({ search })}
            value={state.search}
          />
          <span className="text-muted">
            {formatCount(found.length, 'file')}, {formatBytes(total)}
          </span>
          <a className="button ml-auto" download href={props.zipUrl}>
            <FolderDown size={15} />
            Download all
          </a>
        </div>
        {found.length === 0 ? (
          <PageMessage title={`No file matches “${state.search}”`}>
            <button className="button" onClick={() => store.update({ search: '' })} type="button">
              Clear search
            </button>
            <GuideLink to="page#search">What searches take</GuideLink>
          </PageMessage>
        ) : (
          <FileList
            label="Files"
            onOpen={(name) => setOpen(name === openName ? undefined : name)}
            onToggle={toggle}
            open={openName}
            rows={rows}
          />
        )}
        {more}
      </div>
      {open && <FilePreviewPane file={open} onClose={() => setOpen(undefined)} />}
    </div>
  )
}
