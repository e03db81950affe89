import type { LogLine, RunDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { logsPageSize, logsQuery, type ProjectAddress } from '../../api/queries.ts'
import type { FoundLines } from './use-line-search.ts'

/** Writers of the newest lines of a run, and of those that were found. */
export function useLogLabels(
  address: ProjectAddress,
  run: RunDetail,
  found: readonly (FoundLines | undefined)[],
): readonly string[] {
  const lastPage = Math.floor(Math.max(0, run.logLineCount - 1) / logsPageSize)
  const { data } = useQuery(logsQuery(address, run.runId, lastPage))
  const lines: readonly LogLine[] = [...(data?.lines ?? []), ...found.flatMap((search) => search?.lines ?? [])]
  const key = [...new Set(lines.flatMap(({ label }) => label ?? []))].sort().join('\n')
  return useMemo(() => (key === '' ? [] : key.split('\n')), [key])
}
