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

/**
 * What of some keys each run has, run by run.
 *
 * @param axis - A metric to count by instead of steps.
 */
export function useMediaOfRuns(
  address: ProjectAddress,
  runs: readonly RunSummary[],
  keys: readonly string[],
  axis?: string,
): QueryState & {
  readonly found: readonly MediaOfRun[]
  /** Metrics that runs which have some of the keys could be counted by. */
  readonly axes: readonly string[]
} {
  const answers = useQueries({
    queries: runs.map(({ runId, state }) => ({
      ...mediaKeysQuery(runAddressOf(runId, address), axis),
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
  const axes = useMemo(() => {
    const having = data.filter((answer, index) => found.some(({ run }) => run === runs[index]) && answer !== undefined)
    return [...new Set(having.flatMap((answer) => answer?.axes ?? []))].sort()
  }, [data, found, runs])
  return { found, axes, ...stateOfFirstAnswers(answers) }
}
