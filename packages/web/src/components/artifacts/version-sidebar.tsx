import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { artifactVersionsQuery } from '../../api/artifact-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { formatBytes } from '../../view/text/bytes.ts'
import { formatAgo } from '../../view/text/format.ts'
import { MoreButton } from '../controls/more-button.tsx'
import { Labels, RunLink } from './version-link.tsx'

/** Versions of a collection, newest first, a hundred at a time. */
export function VersionSidebar(props: {
  readonly address: ProjectAddress
  readonly type: string
  readonly collection: string
  readonly current: string | undefined
  readonly tab: string | undefined
}): ReactElement {
  const { address, type, collection, current, tab } = props
  const query = useInfiniteQuery(artifactVersionsQuery(address, collection))
  const versions = query.data?.pages.flatMap((page) => page.versions) ?? []
  const total = query.data?.pages[0]?.total
  return (
    <nav
      aria-label="Versions"
      className="shrink-0 overflow-y-auto border-line bg-panel p-2 max-md:max-h-36 max-md:border-b md:w-56 md:border-r"
    >
      <p className="px-2 pb-1 text-muted">
        {total === undefined ? 'Versions' : `${total} versions`.replace(/^1 versions/, '1 version')}
      </p>
      {query.error && <p className="px-2 text-bad">{query.error.message}</p>}
      <ul>
        {versions.map((version) => (
          <li
            className="rounded-md px-2 py-1.5 [contain-intrinsic-size:auto_72px] [content-visibility:auto] hover:bg-hover has-[[aria-current=page]]:bg-selected"
            key={version.version}
          >
            <Link
              aria-current={version.version === current ? 'page' : undefined}
              className="block"
              params={{ ...address, type, name: collection, version: version.version, tab: tab ?? 'overview' }}
              to="/$entity/$project/artifacts/$type/$name/$version/$tab"
            >
              <span className="flex items-center gap-2">
                <span className="font-medium">{version.version}</span>
                <Labels version={{ aliases: version.aliases, tags: [] }} />
              </span>
              <span className="text-muted text-sm">
                {formatBytes(version.sizeBytes)}, {formatAgo(version.createdAtMs, serverNowMs())}
              </span>
            </Link>
            {version.createdBy && (
              <span className="flex min-w-0 text-sm">
                <RunLink run={version.createdBy} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <MoreButton className="px-2 py-1" label={`Show more of ${total}`} query={query} />
    </nav>
  )
}
