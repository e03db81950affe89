import type { RunWithValues, StrictJsonObject } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ProjectAddress, runsQuery } from '../../api/queries.ts'
import { runAddressOf } from '../../view/run/run-key.ts'

/** The run that the others are compared with, wherever it is in the list, by its key. */
export function useBaseline(
  address: ProjectAddress,
  key: string | undefined,
  columns: readonly string[],
): RunWithValues | undefined {
  const { runId, ...at } = runAddressOf(key ?? '', address)
  const filter: StrictJsonObject = { name: runId }
  const found = useQuery({ ...runsQuery(at, { filter, columns }, 0, 200), enabled: key !== undefined })
  const run = found.data?.runs[0]
  return useMemo(() => (key === undefined || run === undefined ? undefined : { ...run, runId: key }), [key, run])
}
