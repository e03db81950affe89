import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { lineageQuery } from '../api/artifact-queries.ts'
import { useAddress } from '../hooks/use-address.ts'
import { formatCount } from '../view/format.ts'
import { lineageCodec } from '../view/lineage-state.ts'
import { LineageGraph } from './lineage-graph.tsx'
import { LineageList } from './lineage-list.tsx'
import { ErrorMessage, PageMessage } from './page-message.tsx'

const depths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

/** What a version was made from and what was made with it. */
export function ArtifactLineage({ id }: { readonly id: number }): ReactElement {
  const [{ depth, isList }, store] = useAddress(lineageCodec)
  const query = useQuery({ ...lineageQuery(id, depth), placeholderData: keepPreviousData })
  const lineage = query.data
  if (query.error && !lineage) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (lineage === undefined) return <div aria-label="Loading lineage" className="skeleton m-4 h-40" role="img" />
  if (lineage.edges.length === 0) {
    return (
      <PageMessage title="No run made or used this version">
        <p>run.logArtifact() and run.useArtifact() leave the edges of this graph.</p>
      </PageMessage>
    )
  }
  const runCount = lineage.nodes.filter(({ kind }) => kind === 'run').length
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-3 px-4 py-2">
        <span>
          {formatCount(runCount, 'run')}, {formatCount(lineage.nodes.length - runCount, 'version')}
        </span>
        {lineage.hasMore && (
          <span className="text-muted">
            There is more.{' '}
            {depth < 10 && (
              <button
                className="link-text"
                onClick={() => store.update({ depth: Math.min(10, depth + 2) })}
                type="button"
              >
                Go further
              </button>
            )}
          </span>
        )}
        {lineage.automaticCount > 0 && (
          <span className="text-muted">
            {formatCount(lineage.automaticCount, 'version')} of logged tables and code left out
          </span>
        )}
        <label className="ml-auto flex items-center gap-2">
          Depth
          <select
            className="control"
            onChange={(event) => store.update({ depth: Number(event.target.value) })}
            value={depth}
          >
            {depths.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <button
          aria-pressed={isList}
          className="button"
          onClick={() => store.update({ isList: !isList })}
          type="button"
        >
          As list
        </button>
      </div>
      {isList ? <LineageList lineage={lineage} /> : <LineageGraph lineage={lineage} />}
    </>
  )
}
