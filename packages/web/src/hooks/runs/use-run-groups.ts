import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ProjectAddress, runsQuery } from '../../api/queries.ts'
import { type GroupedRuns, groupParts, type RunPart } from '../../view/panels/run-groups.ts'
import { keyPages, runKeyOf } from '../../view/run/run-key.ts'
import { useStableList } from '../use-stable-list.ts'

const pageSize = 1000

/** Runs put together by their values of the keys of their part; undefined while these are not known, and where no part has keys. */
export function useRunGroups(address: ProjectAddress, parts: readonly RunPart[]): GroupedRuns | undefined {
  const keys = useMemo(() => [...new Set(parts.flatMap((part) => part.keys))], [parts])
  const pages = useMemo(() => {
    const runKeys = parts.flatMap((part) => (part.keys.length > 0 ? part.runs.map(({ runId }) => runId) : []))
    return keyPages(runKeys, address, pageSize)
  }, [parts, address])
  const found = useQueries({
    queries: pages.map(({ at, runIds }) => ({
      ...runsQuery(at, { filter: { name: { $in: [...runIds] } }, columns: keys }, 0, pageSize),
      placeholderData: keepPreviousData<Awaited<ReturnType<NonNullable<ReturnType<typeof runsQuery>['queryFn']>>>>,
    })),
  })
  const answers = useStableList(found.map(({ data }) => data))
  return useMemo(() => {
    if (keys.length === 0 || answers.includes(undefined)) return undefined
    const values = new Map(
      pages.flatMap(({ at }, index) =>
        (answers[index]?.runs ?? []).map(
          (run) => [runKeyOf({ ...at, runId: run.runId }, address), run.values] as const,
        ),
      ),
    )
    return groupParts(parts, keys, values)
  }, [keys, parts, pages, answers, address])
}
