import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { artifactSearchQuery } from '../../api/artifact-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { useSettled } from '../../hooks/use-settled.ts'
import { formatCount } from '../../view/text/format.ts'
import { Failure } from '../controls/failure.tsx'
import { MoreButton } from '../controls/more-button.tsx'
import { GuideLink } from '../guide/guide-link.tsx'
import { PageMessage } from '../shell/page-message.tsx'
import { VersionTable } from './version-table.tsx'

const searchDelayMs = 250

/** Versions that a search found, a hundred at a time; those of collections that match by name are below, with their collection. */
export function FoundVersions(props: {
  readonly address: ProjectAddress
  readonly search: string
  /** Whether anything else was found. */
  readonly hasCollections: boolean
  readonly onClear: () => void
}): ReactElement | null {
  const { address, hasCollections, onClear } = props
  const search = useSettled(props.search, searchDelayMs)
  const query = useInfiniteQuery(artifactSearchQuery(address, search))
  const versions = query.data?.pages.flatMap((page) => page.versions) ?? []
  if (query.isPending) return <div aria-label="Searching versions" className="skeleton mb-4 h-20" role="img" />
  if (query.error && !query.data) return <Failure error={query.error} onRetry={query.refetch} />
  if (versions.length === 0) {
    if (hasCollections) return null
    return (
      <PageMessage title={`No artifact matches “${search}”`}>
        <p className="mb-4">Names, aliases, tags, digests and values of metadata were searched.</p>
        <button className="button" onClick={onClear} type="button">
          Clear search
        </button>
        <GuideLink to="page#search">What searches take</GuideLink>
      </PageMessage>
    )
  }
  return (
    <section aria-label="Versions found" className="mb-4 rounded-lg border border-line bg-panel pb-1">
      <h2 className="px-3 py-2">
        <span className="font-semibold">Versions</span>{' '}
        <span className="text-muted text-sm">
          {query.hasNextPage ? `the first ${versions.length}` : formatCount(versions.length, 'match', 'matches')}
        </span>
      </h2>
      <VersionTable label="Versions found" versions={versions} />
      <MoreButton className="px-3 py-1.5" query={query} />
    </section>
  )
}
