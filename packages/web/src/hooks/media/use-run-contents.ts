import { encodeKeyPath, type RunContentsResponse, type RunSummary } from '@lossline/protocol'
import { keepPreviousData, type UseQueryResult, useQueries } from '@tanstack/react-query'
import { runContentsQuery } from '../../api/media-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { type KeysOfProject, keyPages } from '../../view/run/run-key.ts'
import { isActive } from '../../view/run/run-state.ts'
import { type QueryState, stateOfFirstAnswers } from '../query-state.ts'
import { useStableList } from '../use-stable-list.ts'

/** As many runs as one question may be about. */
const pageSize = 50
/** How often runs that go on are asked anew. */
const liveIntervalMs = 5000

/** What runs have besides numbers, asked in parts: `answers` in the order of `pages`. */
export function useRunContents(
  address: ProjectAddress,
  runs: readonly RunSummary[],
): {
  readonly pages: readonly KeysOfProject[]
  readonly answers: readonly UseQueryResult<RunContentsResponse>[]
} {
  const active = new Set(runs.flatMap(({ runId, state }) => (isActive(state) ? [runId] : [])))
  const pages = keyPages(
    runs.map(({ runId }) => runId),
    address,
    pageSize,
  )
  const answers = useQueries({
    queries: pages.map(({ at, runIds, keys }) => ({
      ...runContentsQuery(at, runIds),
      placeholderData: keepPreviousData<RunContentsResponse>,
      refetchInterval: keys.some((key) => active.has(key)) ? liveIntervalMs : (false as const),
    })),
  })
  return { pages, answers }
}

/** Those of some runs that have media or tables under one of some keys at least, in their order, as far as it is known. */
export function useRunsHaving(
  address: ProjectAddress,
  runs: readonly RunSummary[],
  keys: readonly string[],
): QueryState & { readonly runs: readonly RunSummary[] } {
  const { pages, answers } = useRunContents(address, runs)
  const wanted = new Set(keys.flatMap((key) => [key, encodeKeyPath([key])]))
  const having = new Set(
    pages.flatMap((page, index) => {
      const media = answers[index]?.data?.media.filter(({ key }) => wanted.has(key)) ?? []
      const runIds = new Set(media.flatMap((one) => one.runIds))
      return page.keys.filter((_, at) => runIds.has(page.runIds[at]!))
    }),
  )
  const found = useStableList(runs.filter(({ runId }) => having.has(runId)))
  return { runs: found, ...stateOfFirstAnswers(answers) }
}

/** The state of two questions of which the second follows from the first. */
export function bothStates(first: QueryState, second: QueryState): QueryState {
  return {
    isPending: first.isPending || second.isPending,
    error: first.error ?? second.error,
    retry: () => {
      first.retry()
      second.retry()
    },
  }
}
