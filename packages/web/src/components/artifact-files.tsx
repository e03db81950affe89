import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { artifactFilesQuery } from '../api/artifact-queries.ts'
import { formatNumber } from '../view/format.ts'
import { FileBrowser } from './file-browser.tsx'
import { ErrorMessage, PageMessage } from './page-message.tsx'

/** The files of a version. */
export function ArtifactFiles(props: { readonly id: number; readonly fileCount: number }): ReactElement {
  const { id, fileCount } = props
  const query = useInfiniteQuery(artifactFilesQuery(id))
  const files = useMemo(
    () =>
      (query.data?.pages ?? []).flatMap((page) =>
        page.files.map(({ path, sizeBytes, url, reference }) => ({
          name: path,
          sizeBytes,
          url,
          reference,
          version: id,
        })),
      ),
    [query.data, id],
  )
  if (query.error && !query.data) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <div aria-label="Loading files" className="skeleton m-4 h-40" role="img" />
  if (files.length === 0) return <PageMessage title="This version holds no files" />
  return (
    <FileBrowser
      files={files}
      onWant={() => {
        if (query.hasNextPage && !query.isFetchingNextPage && !query.error) void query.fetchNextPage()
      }}
      more={
        query.hasNextPage && (
          <p className="shrink-0 border-line border-t px-4 py-2">
            {formatNumber(files.length)} of {formatNumber(fileCount)} files are listed.{' '}
            <button
              className="link-text"
              disabled={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
              type="button"
            >
              {query.isFetchingNextPage ? 'Loading…' : 'Show more'}
            </button>
          </p>
        )
      }
    />
  )
}
