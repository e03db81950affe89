import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ProjectAddress, runsQuery } from '../../api/queries.ts'
import { type GroupedRuns, groupParts, type RunPart } from '../../view/panels/run-groups.ts'
import { useStableList } from '../use-stable-list.ts'

const pageSize = 1000

/** Runs put together by their values of the keys of their part; undefined while these are not known, and where no part has keys. */
export function useRunGroups(address: ProjectAddress, parts: readonly RunPart[]): GroupedRuns | undefined {
  const keys = useMemo(() => [...new Set(parts.flatMap((part) => part.keys))], [parts])
  const runIds = useMemo(
    () => parts.flatMap((part) => (part.keys.length > 0 ? part.runs.map(({ runId }) => runId) : [])),
    [parts],
  )
  const pages = useQueries({
    queries: pagesOf(runIds).map((page) => ({
      ...runsQuery(address, { filter: { name: { $in: [...page] } }, columns: keys }, 0, pageSize),
      placeholderData: keepPreviousData<Awaited<ReturnType<NonNullable<ReturnType<typeof runsQuery>['queryFn']>>>>,
    })),
  })
  const answers = useStableList(pages.map(({ data }) => data))
  return useMemo(() => {
    if (keys.length === 0 || answers.includes(undefined)) return undefined
    const values = new Map(
      answers.flatMap((answer) => answer?.runs.map((run) => [run.runId, run.values] as const) ?? []),
    )
    return groupParts(parts, keys, values)
  }, [keys, parts, answers])
}

function pagesOf(runIds: readonly string[]): readonly (readonly string[])[] {
  const pages: (readonly string[])[] = []
  for (let at = 0; at < runIds.length; at += pageSize) pages.push(runIds.slice(at, at + pageSize))
  return pages
}
