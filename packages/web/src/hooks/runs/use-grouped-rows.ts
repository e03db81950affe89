import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { type ProjectAddress, runGroupsQuery, runsQuery } from '../../api/queries.ts'
import type { RunsList } from '../../view/runs/run-pages.ts'
import {
  groupCountMax,
  groupFilter,
  groupName,
  sortGroups,
  type TableRows,
  toGroupedRows,
} from '../../view/runs/table-rows.ts'
import { useStableList } from '../use-stable-list.ts'

/** Runs put together, and which of the groups are open. */
export interface GroupedRows {
  readonly rows: TableRows
  /** Groups that match; undefined until the first answer. */
  readonly total: number | undefined
  readonly error: Error | null
  readonly retry: () => void
  readonly toggle: (name: string) => void
}

/** Loads groups, and the runs of those that somebody opens. */
export function useGroupedRows(address: ProjectAddress, list: RunsList, by: readonly string[]): GroupedRows {
  const [openNames, setOpenNames] = useState<ReadonlySet<string>>(new Set())
  const { filter, sort, columns = [] } = list
  // What the cells say comes with the columns in sight; here only what groups are put in order by.
  const sortColumns = useMemo(
    () => (sort ?? []).map(({ key }) => key).filter((key) => /^(config|summary)\./.test(key) || key === 'run.runtime'),
    [sort],
  )
  const groups = useQuery({
    ...runGroupsQuery(address, {
      ...(filter && { filter }),
      by,
      columns: sortColumns,
      limit: groupCountMax,
    }),
    enabled: by.length > 0,
    placeholderData: keepPreviousData,
  })
  const found = groups.data?.groups
  const all = useMemo(
    () => found && sortGroups(found, { by, columns: sortColumns, sort: sort ?? [] }),
    [found, by, sortColumns, sort],
  )
  const open = useMemo(() => (all ?? []).filter((group) => openNames.has(groupName(by, group))), [all, by, openNames])
  const pages = useQueries({
    queries: open.map((group) =>
      runsQuery(address, { filter: groupFilter(by, group, filter), ...(sort && { sort }), columns }, 0, 200),
    ),
  })
  const runs = useStableList(pages.map((page) => page.data))
  const rows = useMemo(() => {
    const runsOf = new Map(open.map((group, index) => [groupName(by, group), runs[index]?.runs]))
    const flat = toGroupedRows(by, all ?? [], runsOf)
    return { count: flat.length, at: (index: number) => flat[index] ?? nothing, ensure: () => {} }
  }, [all, by, open, runs])
  const toggle = useCallback((name: string) => {
    setOpenNames((old) => {
      const next = new Set(old)
      if (!next.delete(name)) next.add(name)
      return next
    })
  }, [])
  return { rows, total: groups.data?.total, error: groups.error, retry: () => void groups.refetch(), toggle }
}

const nothing = { kind: 'placeholder', text: undefined } as const
