import type { RunSummary } from '@lossline/protocol'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ProjectAddress, runsQuery } from '../api/queries.ts'
import { type RunGroupOfLine, toRunGroups } from '../view/panels/run-groups.ts'
import { useStableList } from './use-stable-list.ts'

const pageSize = 1000

/** Runs put together by their values of some keys; undefined while these are not known, and without keys. */
export function useRunGroups(
  address: ProjectAddress,
  keys: readonly string[],
  runs: readonly RunSummary[],
): readonly RunGroupOfLine[] | undefined {
  const runIds = useMemo(() => runs.map(({ runId }) => runId), [runs])
  const pages = useQueries({
    queries: pagesOf(keys.length > 0 ? runIds : []).map((page) => ({
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
    return toRunGroups(runs, keys, values)
  }, [keys, runs, answers])
}

function pagesOf(runIds: readonly string[]): readonly (readonly string[])[] {
  const pages: (readonly string[])[] = []
  for (let at = 0; at < runIds.length; at += pageSize) pages.push(runIds.slice(at, at + pageSize))
  return pages
}
