import type { ArtifactVersionDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import { artifactVersionQuery } from '../api/artifact-queries.ts'
import { AliasHistory } from '../components/artifacts/alias-history.tsx'
import { ArtifactFiles } from '../components/artifacts/artifact-files.tsx'
import { ArtifactLineage } from '../components/artifacts/artifact-lineage.tsx'
import { ArtifactOverview } from '../components/artifacts/artifact-overview.tsx'
import { ArtifactUsage } from '../components/artifacts/artifact-usage.tsx'
import { CompareSelect } from '../components/artifacts/compare-select.tsx'
import { VersionComparison } from '../components/artifacts/version-comparison.tsx'
import { VersionLabels } from '../components/artifacts/version-labels.tsx'
import { VersionSidebar } from '../components/artifacts/version-sidebar.tsx'
import { JsonTree } from '../components/run/json-tree.tsx'
import { isNotFound, NotFound } from '../components/shell/not-found.tsx'
import { ErrorMessage } from '../components/shell/page-message.tsx'
import { useAddress } from '../hooks/use-address.ts'
import { useCrumb, useDocumentTitle } from '../hooks/use-store.ts'
import { versionCompareCodec } from '../view/artifacts/compare-state.ts'

const tabs = [
  ['overview', 'Overview'],
  ['files', 'Files'],
  ['metadata', 'Metadata'],
  ['lineage', 'Lineage'],
  ['usage', 'Usage'],
  ['history', 'History'],
] as const
const tabClass =
  'whitespace-nowrap border-transparent border-b-2 px-1 pb-2 text-muted hover:text-text aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-text'
type Tab = (typeof tabs)[number][0]

/** A version of an artifact, beside the others of its collection. */
export function ArtifactPage(): ReactElement {
  const params = useParams({ strict: false }) as Record<'entity' | 'project' | 'type' | 'name', string> & {
    readonly version?: string
    readonly tab?: string
    /** The file that is open. */
    readonly _splat?: string
  }
  const { entity, project, type, name, version: asked = 'latest' } = params
  const address = useMemo(() => ({ entity, project }), [entity, project])
  const tabName = params._splat === undefined ? params.tab : 'files'
  const tab: Tab = tabs.find(([id]) => id === tabName)?.[0] ?? 'overview'
  const [compare] = useAddress(versionCompareCodec)
  const query = useQuery(artifactVersionQuery(address, name, asked))
  const version = query.data?.version
  useDocumentTitle(`${name}:${version?.version ?? asked}`)
  useCrumb(`${name}:${version?.version ?? asked}`)
  const isMissing = isNotFound(query.error)
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      {!isMissing && (
        <VersionSidebar address={address} collection={name} current={version?.version} tab={tabName} type={type} />
      )}
      <main className="flex min-h-0 min-w-0 flex-1 flex-col">
        {version && (
          <>
            <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 bg-panel px-4 pt-3 pb-2">
              <h1 className="break-all font-semibold text-lg">
                {name}:{version.version}
              </h1>
              <span className="text-muted">{version.type}</span>
              <VersionLabels version={version} />
              <CompareSelect version={version} />
            </header>
            <Tabs params={{ ...address, type, name, version: asked }} comparedWith={compare.with} tab={tab} />
            {compare.with === undefined ? (
              <>
                <h2 className="sr-only">{tabs.find(([id]) => id === tab)?.[1]}</h2>
                <TabContent key={version.id} tab={tab} version={version} />
              </>
            ) : (
              <>
                <h2 className="sr-only">Comparison</h2>
                <VersionComparison key={version.id} other={compare.with} version={version} />
              </>
            )}
          </>
        )}
        {isMissing && (
          <NotFound address={address} what={`artifact ${name}:${asked}`} why="It may have been deleted or renamed.">
            <Link className="button" params={address} to="/$entity/$project/artifacts">
              All artifacts
            </Link>
          </NotFound>
        )}
        {query.error && !isMissing && !version && (
          <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.isPending && <div aria-label="Loading the version" className="skeleton m-4 h-16" role="img" />}
      </main>
    </div>
  )
}

function Tabs(props: {
  readonly params: Record<'entity' | 'project' | 'type' | 'name' | 'version', string>
  readonly tab: Tab
  /** The version that is shown beside this one; its comparison stands in the place of all tabs. */
  readonly comparedWith: string | undefined
}): ReactElement {
  return (
    <nav aria-label="Version" className="flex shrink-0 gap-5 overflow-x-auto border-line border-b bg-panel px-4 pt-1">
      {tabs.map(([id, label]) => (
        <Link
          aria-current={props.comparedWith === undefined && id === props.tab ? 'page' : undefined}
          className={tabClass}
          key={id}
          params={{ ...props.params, tab: id }}
          to="/$entity/$project/artifacts/$type/$name/$version/$tab"
        >
          {label}
        </Link>
      ))}
      {props.comparedWith !== undefined && (
        <span aria-current="page" className={tabClass}>
          Compared with {props.comparedWith}
        </span>
      )}
    </nav>
  )
}

function TabContent({ tab, version }: { readonly tab: Tab; readonly version: ArtifactVersionDetail }): ReactElement {
  switch (tab) {
    case 'overview':
      return <ArtifactOverview version={version} />
    case 'files':
      return <ArtifactFiles fileCount={version.fileCount} id={version.id} />
    case 'metadata':
      return (
        <div className="min-h-0 flex-1 overflow-y-auto p-4">
          <JsonTree emptyText="This version has no metadata." title="Metadata" value={version.metadata} />
        </div>
      )
    case 'lineage':
      return <ArtifactLineage id={version.id} />
    case 'usage':
      return <ArtifactUsage version={version} />
    case 'history':
      return <AliasHistory version={version} />
  }
}
