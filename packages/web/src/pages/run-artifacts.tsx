import type { ArtifactVersionInfo } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useMemo, useState } from 'react'
import { runArtifactsQuery } from '../api/artifact-queries.ts'
import { RunLineage } from '../components/artifacts/run-lineage.tsx'
import { VersionTable } from '../components/artifacts/version-table.tsx'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { ErrorMessage } from '../components/shell/page-message.tsx'
import { splitAutomatic } from '../view/artifacts/artifact-lists.ts'
import { isActive } from '../view/run/run-state.ts'
import { formatCount } from '../view/text/format.ts'
import { useOpenRun } from './run-page.tsx'

const refreshIntervalMs = 10_000

/** What a run used and what it made. */
export function RunArtifacts(): ReactElement {
  const { address, run } = useOpenRun()
  const at = useMemo(() => ({ ...address, runId: run.runId }), [address, run.runId])
  const query = useQuery({
    ...runArtifactsQuery(at),
    // No event tells of artifacts.
    refetchInterval: isActive(run.state) ? refreshIntervalMs : false,
  })
  if (query.error && !query.data) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <div aria-label="Loading artifacts" className="skeleton m-4 h-40" role="img" />
  const [inputs, outputs] = [splitAutomatic(query.data.inputs).made, splitAutomatic(query.data.outputs).made]
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <h2 className="sr-only">Artifacts</h2>
      {inputs.length + outputs.length > 0 && (
        <section aria-label="Lineage" className="mb-4 rounded-lg border border-line bg-panel">
          <RunLineage inputs={inputs} outputs={outputs} runName={run.displayName} />
        </section>
      )}
      <Versions
        emptyText="This run used no artifacts. run.useArtifact('name:latest') notes that it does."
        title="Inputs"
        versions={query.data.inputs}
      />
      <Versions
        emptyText="This run made no artifacts. run.logArtifact(artifact) makes a version."
        title="Outputs"
        versions={query.data.outputs}
      />
      <Link className="link-text" params={address} to="/$entity/$project/artifacts">
        All artifacts of {address.project}
      </Link>
      {query.data.inputs.length + query.data.outputs.length === 0 && (
        <GuideLink to="artifacts">Inputs and outputs of runs</GuideLink>
      )}
    </div>
  )
}

function Versions(props: {
  readonly title: string
  readonly versions: readonly ArtifactVersionInfo[]
  readonly emptyText: string
}): ReactElement {
  const { title, versions, emptyText } = props
  const [showsAll, setShowsAll] = useState(false)
  const { made, automatic } = splitAutomatic(versions)
  const shown = showsAll ? versions : made
  return (
    <section aria-label={title} className="mb-4 rounded-lg border border-line bg-panel pb-1">
      <h3 className="px-3 pt-2.5 pb-1">
        <span className="font-semibold">{title}</span> <span className="text-muted">{made.length}</span>
      </h3>
      {shown.length > 0 ? (
        <VersionTable label={title} versions={shown} />
      ) : (
        <p className="px-3 pb-2 text-muted">{emptyText}</p>
      )}
      {automatic.length > 0 && (
        <button className="link-text px-3 py-1.5" onClick={() => setShowsAll(!showsAll)} type="button">
          {showsAll ? 'Hide' : 'Show'} {formatCount(automatic.length, 'version')} of tables and code that were logged
          along the way
        </button>
      )}
    </section>
  )
}
