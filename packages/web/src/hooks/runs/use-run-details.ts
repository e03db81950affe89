import type { RunDetail } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ProjectAddress, runQuery } from '../../api/queries.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { type QueryState, stateOfFirstAnswers } from '../query-state.ts'
import { useStableList } from '../use-stable-list.ts'

/** Runs with everything that they have, by their keys; those that are not there are left out, and among `failed` with why. */
export function useRunDetails(
  address: ProjectAddress,
  keys: readonly string[],
): QueryState & {
  readonly runs: readonly RunDetail[]
  readonly failed: readonly { readonly key: string; readonly error: Error }[]
} {
  const answers = useQueries({
    queries: keys.map((key) => {
      const { runId, ...at } = runAddressOf(key, address)
      return runQuery(at, runId)
    }),
  })
  const data = useStableList(answers.map((answer) => answer.data?.run))
  const runs = useMemo(() => data.filter((run) => run !== undefined), [data])
  const failed = keys.flatMap((key, index) => {
    const { data: known, error = null } = answers[index] ?? {}
    return error !== null && known === undefined ? { key, error } : []
  })
  return { runs, failed, ...stateOfFirstAnswers(answers) }
}
