import type { LogSearchQuery } from '@lossline/protocol'
import { useEffect, useMemo } from 'react'
import { callApi } from '../../api/client.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { createValueStore } from '../../view/address/value-store.ts'
import { createLineSearch, type LineSearch, type LineSearchState } from '../../view/logs/line-search.ts'
import { useSame } from '../use-same.ts'
import { useValue } from '../use-store.ts'

/** What was found, and a way to find more. */
export interface FoundLines extends LineSearchState {
  findMore(): void
  retry(): void
}

const nothing = createValueStore<LineSearchState | undefined>(undefined)

/**
 * Looks for console lines of a run as long as it is there, also in those that come.
 *
 * @param query - Undefined: nothing is looked for.
 * @param foundMax - It pauses after so many lines.
 */
export function useLineSearch(
  { entity, project }: ProjectAddress,
  runId: string,
  query: LogSearchQuery | undefined,
  lineCount: number,
  foundMax: number,
): FoundLines | undefined {
  const wanted = useSame(query)
  const search = useMemo((): LineSearch | undefined => {
    if (wanted === undefined) return undefined
    return createLineSearch(
      (part, signal) =>
        callApi('GET /api/runs/{entity}/{project}/{runId}/logs/search', {
          path: { entity, project, runId },
          query: { ...wanted, ...part },
          signal,
        }),
      foundMax,
    )
  }, [entity, project, runId, wanted, foundMax])
  useEffect(() => search?.goOn(lineCount), [search, lineCount])
  useEffect(() => () => search?.close(), [search])
  const state = useValue<LineSearchState | undefined>(search?.state ?? nothing)
  return useMemo(
    () => search && state && { ...state, findMore: search.findMore, retry: () => search.goOn(lineCount) },
    [search, state, lineCount],
  )
}
