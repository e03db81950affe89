import type { RunWithValues, StrictJsonObject } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { type ProjectAddress, runsQuery } from '../../api/queries.ts'

/** The run that the others are compared with, wherever it is in the list. */
export function useBaseline(
  address: ProjectAddress,
  runId: string | undefined,
  columns: readonly string[],
): RunWithValues | undefined {
  const filter: StrictJsonObject = { name: runId ?? '' }
  const found = useQuery({ ...runsQuery(address, { filter, columns }, 0, 200), enabled: runId !== undefined })
  return runId === undefined ? undefined : found.data?.runs[0]
}
