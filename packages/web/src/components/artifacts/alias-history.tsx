import type { ArtifactVersionDetail } from '@lossline/protocol'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { aliasChangesQuery } from '../../api/artifact-queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { formatAgo, formatDateTime } from '../../view/text/format.ts'
import { MoreButton } from '../controls/more-button.tsx'
import { GuideLink } from '../guide/guide-link.tsx'
import { ErrorMessage, PageMessage } from '../shell/page-message.tsx'

/** How the names of a collection have moved between its versions, the newest change first. */
export function AliasHistory({ version }: { readonly version: ArtifactVersionDetail }): ReactElement {
  const { entity, project, collection } = version
  const query = useInfiniteQuery(aliasChangesQuery({ entity, project }, collection))
  const changes = query.data?.pages.flatMap((page) => page.changes) ?? []
  if (query.error && !query.data) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <div aria-label="Loading the history" className="skeleton m-4 h-40" role="img" />
  if (changes.length === 0) {
    return (
      <PageMessage title="No alias has moved yet">
        <p>Aliases other than latest are told here when they are given, moved or taken away.</p>
        <GuideLink to="artifacts#protected-aliases">Aliases that ask before they move</GuideLink>
      </PageMessage>
    )
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <table
        aria-label={`Aliases of ${collection}`}
        className="w-full max-w-3xl rounded-lg border border-line bg-panel text-left"
      >
        <thead className="text-muted">
          <tr>
            <th className="px-3 py-1.5 font-normal">Alias</th>
            <th className="px-3 py-1.5 font-normal">Change</th>
            <th className="px-3 py-1.5 font-normal">When</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ id, alias, from, to, atMs }) => (
            <tr className="border-line border-t" key={id}>
              <td className="break-all px-3 py-1.5">{alias}</td>
              <td className="px-3 py-1.5">
                {from ?? 'none'} → {to ?? 'none'}
              </td>
              <td className="whitespace-nowrap px-3 py-1.5" title={formatDateTime(atMs)}>
                {formatAgo(atMs, serverNowMs())}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <MoreButton className="px-3 py-2" label="Show older changes" query={query} />
    </div>
  )
}
