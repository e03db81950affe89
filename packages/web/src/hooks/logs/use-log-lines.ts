import type { LogLine } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { logsPageSize, logsQuery, type ProjectAddress } from '../../api/queries.ts'

/** Console lines by their numbers, loaded for those that are wanted now; undefined while one is on its way. */
export function useLogLines(
  address: ProjectAddress,
  runId: string,
  wanted: readonly number[],
): (number: number) => LogLine | undefined {
  const key = [...new Set(wanted.map((number) => Math.floor(number / logsPageSize)))].join(' ')
  const pages = useMemo(() => (key === '' ? [] : key.split(' ').map(Number)), [key])
  const lines = useQueries({
    queries: pages.map((page) => logsQuery(address, runId, page)),
    combine: (answers) => new Map(answers.flatMap(({ data }) => data?.lines ?? []).map((line) => [line.number, line])),
  })
  return (number) => lines.get(number)
}
