import type { ArtifactVersionDetail } from '@lossline/protocol'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { artifactVersionsQuery } from '../../api/artifact-queries.ts'
import { useAddress } from '../../hooks/use-address.ts'
import { versionCompareCodec } from '../../view/artifacts/compare-state.ts'

/** Chooses the version that this one is compared with; older ones than the list has loaded are a click away. */
export function CompareSelect({ version }: { readonly version: ArtifactVersionDetail }): ReactElement | null {
  const [{ with: other }, store] = useAddress(versionCompareCodec)
  const { entity, project, collection } = version
  const query = useInfiniteQuery(artifactVersionsQuery({ entity, project }, collection))
  const listed = (query.data?.pages.flatMap((page) => page.versions) ?? []).filter(({ id }) => id !== version.id)
  if (listed.length === 0 && other === undefined) return null
  const more = '…more'
  return (
    <label className="ml-auto flex items-center gap-2">
      <span className="text-muted">Compare with</span>
      <select
        className="control max-w-48"
        onChange={({ target }) => {
          if (target.value === more) return void query.fetchNextPage()
          store.update({ with: target.value || undefined, file: undefined })
        }}
        value={other ?? ''}
      >
        <option value="">no other version</option>
        {other !== undefined && !listed.some((one) => one.version === other) && <option value={other}>{other}</option>}
        {listed.map((one) => (
          <option key={one.id} value={one.version}>
            {[one.version, ...one.aliases].join(' · ')}
          </option>
        ))}
        {query.hasNextPage && <option value={more}>Load older versions</option>}
      </select>
    </label>
  )
}
