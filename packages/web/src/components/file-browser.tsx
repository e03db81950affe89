import { type ReactElement, type ReactNode, useEffect } from 'react'
import { useAddress } from '../hooks/use-address.ts'
import { formatBytes } from '../view/bytes.ts'
import { filesCodec } from '../view/files-state.ts'
import { formatCount } from '../view/format.ts'
import { FileList, type ListedFile } from './file-list.tsx'
import { FilePreviewPane } from './file-preview.tsx'
import { PageMessage } from './page-message.tsx'
import { SearchField } from './search-field.tsx'

/** Files with a filter, and the one that is open beside them. */
export function FileBrowser(props: {
  readonly files: readonly ListedFile[]
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
  const open = files.find(({ name }) => name === state.open)
  const isWanting = wanted !== '' || (state.open !== undefined && open === undefined)
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
        </div>
        {found.length === 0 ? (
          <PageMessage title={`No file matches “${state.search}”`}>
            <button className="button" onClick={() => store.update({ search: '' })} type="button">
              Clear search
            </button>
          </PageMessage>
        ) : (
          <FileList
            files={found}
            label="Files"
            onOpen={(name) => store.update({ open: name === state.open ? undefined : name })}
            open={state.open}
          />
        )}
        {more}
      </div>
      {open && <FilePreviewPane file={open} onClose={() => store.update({ open: undefined })} />}
    </div>
  )
}
