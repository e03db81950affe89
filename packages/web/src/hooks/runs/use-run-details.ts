import type { RunDetail } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ProjectAddress, runQuery } from '../../api/queries.ts'
import { type QueryState, stateOfFirstAnswers } from '../query-state.ts'
import { useStableList } from '../use-stable-list.ts'

/** Runs with everything that they have; those that are not there are left out. */
export function useRunDetails(
  address: ProjectAddress,
  runIds: readonly string[],
): QueryState & { readonly runs: readonly RunDetail[] } {
  const answers = useQueries({ queries: runIds.map((runId) => runQuery(address, runId)) })
  const data = useStableList(answers.map((answer) => answer.data?.run))
  const runs = useMemo(() => data.filter((run) => run !== undefined), [data])
  return { runs, ...stateOfFirstAnswers(answers) }
}
