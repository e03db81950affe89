import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { artifactFilesQuery } from '../../api/artifact-queries.ts'
import { addressOf } from '../../api/client.ts'
import { isTableFile } from '../../view/tables/table-file.ts'
import { formatNumber } from '../../view/text/format.ts'
import { MoreButton } from '../controls/more-button.tsx'
import { FileBrowser } from '../files/file-browser.tsx'
import { GuideLink } from '../guide/guide-link.tsx'
import { ErrorMessage, PageMessage } from '../shell/page-message.tsx'

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
          ...(isTableFile(path) && { table: { kind: 'version', artifactId: id, path } as const }),
        })),
      ),
    [query.data, id],
  )
  if (query.error && !query.data) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <div aria-label="Loading files" className="skeleton m-4 h-40" role="img" />
  if (files.length === 0)
    return (
      <PageMessage title="This version holds no files">
        <GuideLink to="artifacts#putting-one-together">Files of a version</GuideLink>
      </PageMessage>
    )
  return (
    <FileBrowser
      files={files}
      zipUrl={addressOf('GET /api/artifacts/{id}/zip', { path: { id } })}
      onWant={() => {
        if (query.hasNextPage && !query.isFetchingNextPage && !query.error) void query.fetchNextPage()
      }}
      more={
        query.hasNextPage && (
          <p className="shrink-0 border-line border-t px-4 py-2">
            {formatNumber(files.length)} of {formatNumber(fileCount)} files are listed. <MoreButton query={query} />
          </p>
        )
      }
    />
  )
}
