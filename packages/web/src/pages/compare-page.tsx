import { Link, useParams } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import { RunComparison } from '../components/compare/run-comparison.tsx'
import { Failure } from '../components/controls/failure.tsx'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { useComparedRuns } from '../hooks/runs/use-compared-runs.ts'
import { useRunDetails } from '../hooks/runs/use-run-details.ts'
import { useAddress } from '../hooks/use-address.ts'
import { useCrumb, useDocumentTitle } from '../hooks/use-store.ts'
import { compareCodec } from '../view/compare/compare-state.ts'
import { formatCount } from '../view/text/format.ts'

/** Runs side by side: everything that they were given and that came of it. */
export function ComparePage(): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  const address = useMemo(() => ({ entity, project }), [entity, project])
  const [{ runIds, isDifferentOnly, baseline }, store] = useAddress(compareCodec)
  const found = useRunDetails(address, runIds)
  const compared = useComparedRuns(found.runs)
  useDocumentTitle(`Compare runs · ${project}`)
  useCrumb('Compare')
  const toTable = (
    <Link className="button mt-4" params={address} to="/$entity/$project/table">
      Choose runs
    </Link>
  )
  if (runIds.length < 2) {
    return (
      <main className="flex flex-1">
        <PageMessage title="Choose two runs or more">
          <p>Select them in the runs table and press C, or use Compare in its bar.</p>
          {toTable}
          <GuideLink to="page#comparing">Comparing runs</GuideLink>
        </PageMessage>
      </main>
    )
  }
  if (found.error && found.runs.length === 0) {
    return (
      <main className="flex flex-1">
        <ErrorMessage error={found.error} onRetry={found.retry} />
      </main>
    )
  }
  return (
    <main className="flex min-h-0 flex-1 flex-col bg-panel pt-3">
      <h1 className="px-3 pb-2 font-semibold text-lg">
        Compare {formatCount(runIds.length - found.failed.length, 'run')}
      </h1>
      {found.failed.map(({ key, error }) => (
        <Failure
          className="px-3 pb-2 text-bad"
          error={error}
          key={key}
          onRetry={found.retry}
          what={`“${key}” is not here. `}
        />
      ))}
      {found.runs.length === 0 ? (
        <div aria-label="Loading the runs" className="skeleton m-3 h-40" role="img" />
      ) : (
        <RunComparison
          address={address}
          baselineId={baseline}
          isDifferentOnly={isDifferentOnly}
          onBaseline={(runId) => store.update({ baseline: runId })}
          onDifferentOnly={(value) => store.update({ isDifferentOnly: value })}
          problem={compared.error?.message}
          runs={compared.runs}
        />
      )}
    </main>
  )
}
