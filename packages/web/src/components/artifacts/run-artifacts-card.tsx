import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { runArtifactsQuery } from '../../api/artifact-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { splitAutomatic } from '../../view/artifacts/artifact-lists.ts'
import { Card } from '../controls/card.tsx'
import { RunLineage } from './run-lineage.tsx'

/** What a run used and what it made, where it did either. */
export function RunArtifactsCard({
  address,
  run,
}: {
  readonly address: ProjectAddress
  readonly run: { readonly runId: string; readonly displayName: string }
}): ReactElement | null {
  const at = { ...address, runId: run.runId }
  const { data } = useQuery(runArtifactsQuery(at))
  const inputs = splitAutomatic(data?.inputs ?? []).made
  const outputs = splitAutomatic(data?.outputs ?? []).made
  if (inputs.length + outputs.length === 0) return null
  return (
    <Card title="Inputs and outputs">
      <RunLineage inputs={inputs} outputs={outputs} runName={run.displayName} />
      <p className="px-3 pb-2.5">
        <Link className="link-text" params={at} to="/$entity/$project/runs/$runId/artifacts">
          All artifacts of the run
        </Link>
      </p>
    </Card>
  )
}
