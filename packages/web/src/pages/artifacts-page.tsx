import type { ArtifactCollectionInfo, ArtifactTypeInfo } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactElement, useEffect, useMemo, useState } from 'react'
import { artifactTypesQuery } from '../api/artifact-queries.ts'
import type { ProjectAddress } from '../api/queries.ts'
import { serverNowMs } from '../api/server-clock.ts'
import { FoundVersions } from '../components/artifacts/found-versions.tsx'
import { Labels } from '../components/artifacts/version-link.tsx'
import { SearchField } from '../components/controls/search-field.tsx'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { useAddress } from '../hooks/use-address.ts'
import { useDocumentTitle } from '../hooks/use-store.ts'
import { isAutomaticType, searchTypes } from '../view/artifacts/artifact-lists.ts'
import { filesCodec } from '../view/files/files-state.ts'
import { formatBytes } from '../view/text/bytes.ts'
import { formatAgo, formatCount, formatDateTime } from '../view/text/format.ts'

/** Collections that a type shows until asked for more. */
const rowsAtFirst = 200

/** Artifacts of a project, by type. */
export function ArtifactsPage(): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  const address = useMemo(() => ({ entity, project }), [entity, project])
  const [{ search }, store] = useAddress(filesCodec)
  const query = useQuery(artifactTypesQuery(address))
  const types = useMemo(() => searchTypes(query.data?.types ?? [], search), [query.data, search])
  useDocumentTitle(`Artifacts · ${project}`)
  return (
    <main className="min-h-0 flex-1 overflow-y-auto p-4">
      <h1 className="sr-only">Artifacts of {project}</h1>
      {query.error && !query.data && <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <div aria-label="Loading artifacts" className="skeleton h-40" role="img" />}
      {query.data?.types.length === 0 && (
        <PageMessage title="No artifacts yet">
          <p>
            Versions of data sets and models appear here: <code>run.logArtifact(artifact)</code> makes one,{' '}
            <code>run.useArtifact('name:latest')</code> notes who uses it.
          </p>
          <GuideLink to="artifacts#putting-one-together">Logging an artifact</GuideLink>
        </PageMessage>
      )}
      {query.data && query.data.types.length > 0 && (
        <>
          <SearchField
            className="mb-3 w-72 max-w-full"
            label="Name, alias, tag, digest or metadata"
            onChange={(text) => store.update({ search: text })}
            value={search}
          />
          {search.trim() !== '' && (
            <FoundVersions
              address={address}
              onClear={() => store.update({ search: '' })}
              hasCollections={types.length > 0}
              search={search.trim()}
            />
          )}
          {types.map((type) => (
            <TypeSection
              address={address}
              isOpen={!isAutomaticType(type.name) || search !== ''}
              key={type.name}
              type={type}
            />
          ))}
        </>
      )}
    </main>
  )
}

function TypeSection(props: {
  readonly address: ProjectAddress
  readonly type: ArtifactTypeInfo
  readonly isOpen: boolean
}): ReactElement {
  const { address, type } = props
  const [isOpen, setIsOpen] = useState(props.isOpen)
  const [rowCount, setRowCount] = useState(rowsAtFirst)
  useEffect(() => setIsOpen(props.isOpen), [props.isOpen])
  return (
    <details
      className="mb-4 rounded-lg border border-line bg-panel"
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      open={isOpen}
    >
      <summary className="px-3 py-2">
        <h2 className="inline font-semibold">{type.name}</h2>{' '}
        <span className="text-muted text-sm">
          {formatCount(type.collections.length, 'collection')}
          {isAutomaticType(type.name) && ', logged along the way'}
        </span>
      </summary>
      {/* What is closed is not drawn: clients log thousands of tables. */}
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <div className="overflow-x-auto" tabIndex={0}>
          <table aria-label={type.name} className="w-full min-w-[36rem] text-left">
            <thead className="text-muted">
              <tr>
                <th className="px-3 py-1.5 font-normal">Name</th>
                <th className="px-3 py-1.5 text-right font-normal">Versions</th>
                <th className="px-3 py-1.5 font-normal">Newest</th>
                <th className="px-3 py-1.5 text-right font-normal">Size</th>
                <th className="px-3 py-1.5 font-normal">Updated</th>
              </tr>
            </thead>
            <tbody>
              {type.collections.slice(0, rowCount).map((collection) => (
                <CollectionRow address={address} collection={collection} key={collection.name} type={type.name} />
              ))}
            </tbody>
          </table>
          {type.collections.length > rowCount && (
            <button className="link-text px-3 py-2" onClick={() => setRowCount(rowCount * 5)} type="button">
              Showing {rowCount} of {formatCount(type.collections.length, 'collection')}. Show more
            </button>
          )}
        </div>
      )}
    </details>
  )
}

function CollectionRow(props: {
  readonly address: ProjectAddress
  readonly type: string
  readonly collection: ArtifactCollectionInfo
}): ReactElement {
  const { address, type, collection } = props
  const { name, newest, versionCount, updatedAtMs, kind, tags, description } = collection
  return (
    <tr className="border-line border-t hover:bg-hover">
      <td className="px-3 py-1.5" title={description}>
        {newest === undefined ? (
          <span className="break-all">{name}</span>
        ) : (
          <Link
            className="link-text break-all"
            params={{ ...address, type, name }}
            to="/$entity/$project/artifacts/$type/$name"
          >
            {name}
          </Link>
        )}
        {kind === 'portfolio' && <span className="ml-2 text-muted text-sm">links</span>}
        <Labels version={{ aliases: [], tags }} />
      </td>
      <td className="px-3 py-1.5 text-right">{versionCount.toLocaleString('en-US')}</td>
      <td className="px-3 py-1.5">
        {newest && (
          <span className="flex flex-wrap items-center gap-2">
            {newest.version}
            <Labels version={newest} />
          </span>
        )}
      </td>
      <td className="whitespace-nowrap px-3 py-1.5 text-right">{newest ? formatBytes(newest.sizeBytes) : '–'}</td>
      <td className="whitespace-nowrap px-3 py-1.5" title={formatDateTime(updatedAtMs)}>
        {formatAgo(updatedAtMs, serverNowMs())}
      </td>
    </tr>
  )
}
