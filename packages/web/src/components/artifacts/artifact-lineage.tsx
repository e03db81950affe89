import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useCallback, useMemo } from 'react'
import { lineageQuery } from '../../api/artifact-queries.ts'
import { useAddress } from '../../hooks/use-address.ts'
import { useKeyText } from '../../hooks/use-key-text.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import { type LineageSelection, lineageTypes, narrowLineage } from '../../view/artifacts/lineage-narrow.ts'
import { type LineageState, lineageCodec } from '../../view/artifacts/lineage-state.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { GuideLink } from '../guide/guide-link.tsx'
import { ErrorMessage, PageMessage } from '../shell/page-message.tsx'
import { LineageGraph } from './lineage-graph.tsx'
import { LineageList } from './lineage-list.tsx'

const depths = [1, 2, 3, 4]
const directions = [
  ['both', 'Both ways'],
  ['upstream', 'What it came from'],
  ['downstream', 'What came of it'],
] as const

/** What a version was made from and what was made with it. */
export function ArtifactLineage({ id }: { readonly id: number }): ReactElement {
  const [{ depth, direction, selection, isList }, store] = useAddress(lineageCodec)
  const toggleList = useCallback(() => store.update({ isList: !store.get().isList }), [store])
  useShortcut('view-as-table', toggleList)
  const query = useQuery({ ...lineageQuery(id, depth, direction), placeholderData: keepPreviousData })
  const listKey = useKeyText('view-as-table')
  const found = query.data
  const lineage = useMemo(() => found && narrowLineage(found, selection), [found, selection])
  if (query.error && !found) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (found === undefined || lineage === undefined)
    return <div aria-label="Loading lineage" className="skeleton m-4 h-40" role="img" />
  if (found.edges.length === 0 && direction === 'both') {
    return (
      <PageMessage title="No run made or used this version">
        <p>run.logArtifact() and run.useArtifact() leave the edges of this graph.</p>
        <GuideLink to="artifacts#using-one">Using a version</GuideLink>
      </PageMessage>
    )
  }
  const runCount = lineage.nodes.filter(({ kind }) => kind === 'run').length
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-3 px-4 py-2">
        <span>
          {[
            ...(selection === 'versions' ? [] : [formatCount(runCount, 'run')]),
            formatCount(lineage.nodes.length - runCount, 'version'),
          ].join(', ')}
        </span>
        {lineage.omittedCount > 0 && (
          <span className="text-waiting">{formatNumber(lineage.omittedCount)} more: narrow by direction or depth</span>
        )}
        {lineage.hasMore && lineage.omittedCount === 0 && (
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
        <div className="ml-auto flex flex-wrap items-center gap-3">
          <label className="flex items-center gap-2">
            Show
            <select
              className="control max-w-44"
              onChange={({ target }) => store.update({ selection: target.value as LineageSelection })}
              value={selection}
            >
              <option value="all">Runs and versions</option>
              <option value="runs">Runs only</option>
              <option value="versions">Versions only</option>
              {toTypes(lineageTypes(found), selection).map((type) => (
                <option key={type} value={`type:${type}`}>
                  Runs and {type}
                </option>
              ))}
            </select>
          </label>
          <label className="flex items-center gap-2">
            Direction
            <select
              className="control"
              onChange={({ target }) => store.update({ direction: target.value as LineageState['direction'] })}
              value={direction}
            >
              {directions.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <label className="flex items-center gap-2">
            Depth
            <select
              className="control"
              onChange={(event) => store.update({ depth: Number(event.target.value) })}
              value={depth}
            >
              {/* A link may ask for more. */}
              {[...depths, ...(depth > 4 ? [depth] : [])].map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <button
            aria-pressed={isList}
            className="button"
            onClick={toggleList}
            title={listKey === undefined ? undefined : `As list (${listKey})`}
            type="button"
          >
            As list
          </button>
        </div>
      </div>
      {isList ? <LineageList lineage={lineage} /> : <LineageGraph lineage={lineage} />}
    </>
  )
}

/** A link may ask for a type that is not within the depth. */
function toTypes(types: readonly string[], selection: LineageSelection): readonly string[] {
  const chosen = selection.startsWith('type:') ? selection.slice('type:'.length) : undefined
  return chosen === undefined || types.includes(chosen) ? types : [...types, chosen]
}
