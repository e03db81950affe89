import { encodeKeyPath, type MediaKey, type RunSummary } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { mediaKeysQuery } from '../../api/media-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { isActive } from '../../view/run/run-state.ts'
import { type QueryState, stateOfFirstAnswers } from '../query-state.ts'
import { useStableList } from '../use-stable-list.ts'

/** A key of a run. */
export interface MediaOfRun {
  readonly run: RunSummary
  readonly media: MediaKey
}

const liveIntervalMs = 5000

/** What of some keys each run has, run by run. */
export function useMediaOfRuns(
  address: ProjectAddress,
  runs: readonly RunSummary[],
  keys: readonly string[],
): QueryState & { readonly found: readonly MediaOfRun[] } {
  const answers = useQueries({
    queries: runs.map(({ runId, state }) => ({
      ...mediaKeysQuery(runAddressOf(runId, address)),
      refetchInterval: isActive(state) ? liveIntervalMs : (false as const),
    })),
  })
  const data = useStableList(answers.map((answer) => answer.data))
  const found = useMemo(() => {
    const wanted = new Set(keys.flatMap((key) => [key, encodeKeyPath([key])]))
    return runs.flatMap((run, index) =>
      (data[index]?.keys ?? []).filter(({ key }) => wanted.has(key)).map((media) => ({ run, media })),
    )
  }, [runs, keys, data])
  return { found, ...stateOfFirstAnswers(answers) }
}
