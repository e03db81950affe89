import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type ReactElement, useMemo } from 'react'
import { textQuery } from '../../api/text-query.ts'
import { fileContent } from '../../view/files/file-content.ts'
import { filePreview } from '../../view/files/file-preview.ts'
import { Failure } from '../controls/failure.tsx'
import { MediaFile } from '../media/media-file.tsx'
import { PanelTableView } from '../panels/panel-table-view.tsx'
import { JsonTree } from '../run/json-tree.tsx'
import { TablePreview } from '../tables/table-preview.tsx'
import type { ListedFile } from './file-list.tsx'
import { LargeText } from './large-text.tsx'

/** What is in a file, where the page can show it. */
export function FilePreviewPane(props: { readonly file: ListedFile; readonly onClose: () => void }): ReactElement {
  const { file, onClose } = props
  return (
    <section
      aria-label={`Preview of ${file.name}`}
      className="flex min-h-0 min-w-0 flex-col border-line bg-panel max-lg:h-3/5 max-lg:shrink-0 max-lg:border-t lg:w-1/2 lg:border-l"
    >
      <header className="flex items-center gap-2 px-3 py-1.5">
        <h3 className="truncate font-mono text-sm" title={file.name}>
          {file.name}
        </h3>
        <button aria-label="Close the preview" className="icon-button ml-auto" onClick={onClose} type="button">
          <X size={16} />
        </button>
      </header>
      <div className="flex min-h-40 flex-1 flex-col overflow-auto px-3 pb-3">
        <Content file={file} />
      </div>
    </section>
  )
}

function Content({ file }: { readonly file: ListedFile }): ReactElement {
  const { name, url } = file
  if (url === undefined) {
    return (
      <p className="text-muted">
        This file is a reference; its content is at{' '}
        <span className="break-all font-mono text-sm">{file.reference}</span>, which this page does not open.
      </p>
    )
  }
  if (file.table !== undefined) return <TablePreview key={name} label={name} place={file.table} />
  const kind = filePreview(name, file.sizeBytes)
  const item = { url, name: name.slice(name.lastIndexOf('/') + 1) }
  switch (kind) {
    case 'image':
      return <img alt={item.name} className="max-h-full max-w-full" src={url} />
    case 'audio':
    case 'video':
    case 'html':
      return <MediaFile item={item} kind={kind} />
    case 'space':
      return <MediaFile item={item} kind="file" />
    case 'text':
      return <TextContent key={url} name={name} url={url} />
    case 'long-text':
      return <LargeText key={url} sizeBytes={file.sizeBytes ?? 0} url={url} />
    case 'none':
      return (
        <>
          <p className="mb-2 text-muted">No preview for this kind of file, or for its size.</p>
          <MediaFile item={item} kind="file" />
        </>
      )
  }
}

function TextContent({ name, url }: { readonly name: string; readonly url: string }): ReactElement {
  const query = useQuery(textQuery(url))
  const content = useMemo(
    () => (query.data === undefined ? undefined : fileContent(name, query.data)),
    [name, query.data],
  )
  if (query.error) return <Failure error={query.error} onRetry={query.refetch} />
  if (query.isPending) return <div aria-label="Loading the file" className="skeleton h-40" role="img" />
  if (query.data === '') return <p className="text-muted">This file is empty.</p>
  const title = name.slice(name.lastIndexOf('/') + 1)
  if (content?.kind === 'json') return <JsonTree emptyText="" title={title} value={content.value} />
  if (content?.kind === 'table') return <PanelTableView table={content.table} title={title} />
  return <pre className="whitespace-pre-wrap break-words font-mono text-sm">{query.data}</pre>
}
