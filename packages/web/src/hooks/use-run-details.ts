import type { RunDetail } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ProjectAddress, runQuery } from '../api/queries.ts'
import { useStableList } from './use-stable-list.ts'

/** Runs with everything that they have; those that are not there are left out. */
export function useRunDetails(
  address: ProjectAddress,
  runIds: readonly string[],
): {
  readonly runs: readonly RunDetail[]
  readonly isPending: boolean
  readonly error: Error | undefined
  readonly retry: () => void
} {
  const answers = useQueries({ queries: runIds.map((runId) => runQuery(address, runId)) })
  const data = useStableList(answers.map((answer) => answer.data?.run))
  const runs = useMemo(() => data.filter((run) => run !== undefined), [data])
  const failed = answers.filter(({ error, data: of }) => error !== null && of === undefined)
  return {
    runs,
    isPending: answers.some(({ isLoading }) => isLoading),
    error: failed[0]?.error ?? undefined,
    retry: () => {
      for (const answer of failed) void answer.refetch()
    },
  }
}
