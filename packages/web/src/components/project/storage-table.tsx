import type { StorageKind } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { projectStorageQuery } from '../../api/project-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { formatBytes } from '../../view/text/bytes.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { Failure } from '../controls/failure.tsx'
import { OverviewSection } from './overview-section.tsx'

/** What runs and artifacts of a project take. */
export function StorageTable({ address }: { readonly address: ProjectAddress }): ReactElement {
  const { data, error, refetch } = useQuery(projectStorageQuery(address))
  const sum = (kinds: readonly StorageKind[]): number => kinds.reduce((total, { sizeBytes }) => total + sizeBytes, 0)
  return (
    <OverviewSection title="Storage used">
      {error && !data && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <div aria-label="Measuring" className="skeleton h-20" role="img" />}
      {data && (
        <>
          <p className="mb-3">
            {formatBytes(sum(data.runFiles) + sum(data.artifacts))} in files,{' '}
            {formatCount(data.historyRowCount, 'step')} and {formatCount(data.logLineCount, 'line')} of output.
          </p>
          {data.runFiles.length + data.artifacts.length > 0 && (
            <table className="w-full">
              <thead className="text-left text-muted">
                <tr>
                  <th className="py-1 font-normal">Kind</th>
                  <th className="py-1 text-right font-normal">Number</th>
                  <th className="py-1 text-right font-normal">Size</th>
                </tr>
              </thead>
              <tbody>
                {data.runFiles.map((kind) => (
                  <Row kind={kind} key={kind.kind} label={`Files of runs: ${kind.kind}`} />
                ))}
                {data.artifacts.map((kind) => (
                  <Row kind={kind} key={`artifact ${kind.kind}`} label={`Versions of artifacts: ${kind.kind}`} />
                ))}
              </tbody>
            </table>
          )}
          <p className="mt-3 text-muted text-sm">
            What several runs or versions have in common is on disk once, and counted here with each.
          </p>
        </>
      )}
    </OverviewSection>
  )
}

function Row({ kind, label }: { readonly kind: StorageKind; readonly label: string }): ReactElement {
  return (
    <tr className="border-line border-t">
      <td className="break-words py-1">{label}</td>
      <td className="py-1 text-right">{formatNumber(kind.count)}</td>
      <td className="whitespace-nowrap py-1 text-right">{formatBytes(kind.sizeBytes)}</td>
    </tr>
  )
}
