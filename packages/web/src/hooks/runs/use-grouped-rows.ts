import type { RunGroup, RunWithValues } from '@lossline/protocol'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { type ProjectAddress, runGroupsQuery, runsQuery } from '../../api/queries.ts'
import type { RunsList } from '../../view/runs/run-pages.ts'
import {
  groupCountMax,
  groupFilter,
  groupId,
  sortGroups,
  type TableRows,
  toGroupedRows,
} from '../../view/runs/table-rows.ts'
import { useStableList } from '../use-stable-list.ts'
import { type HeldNews, useHeldLists } from './use-held-lists.ts'
import { useRunFates } from './use-held-runs.ts'

/** Runs put together, and which of the groups are open. */
export interface GroupedRows {
  readonly rows: TableRows
  /** Groups that match; undefined until the first answer. */
  readonly total: number | undefined
  readonly error: Error | null
  readonly retry: () => void
  readonly toggle: (groupId: string) => void
  /** What the rows do not show yet: new groups, else new runs in those that are open. */
  readonly news: HeldNews
  readonly hasNewGroups: boolean
}

/**
 * Loads groups, and the runs of those that somebody opens.
 *
 * @param hold.isHeld - Somebody is at work in them: rows keep their places.
 * @param hold.of - What the runs were asked for with: another filter or order is shown at once.
 */
export function useGroupedRows(
  address: ProjectAddress,
  list: RunsList,
  by: readonly string[],
  hold: { readonly isHeld: boolean; readonly of: string },
): GroupedRows {
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(new Set())
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
  const sorted = useMemo(() => {
    if (found === undefined) return noLists
    const items = sortGroups(found, { by, columns: sortColumns, sort: sort ?? [] })
    return [{ id: '', total: items.length, items }]
  }, [found, by, sortColumns, sort])
  const keyOf = useCallback((group: RunGroup) => groupId(by, group), [by])
  const of = useMemo(() => JSON.stringify([hold.of, by]), [hold.of, by])
  const isSettled = !groups.isPlaceholderData
  // A group without runs is none, and all of them are loaded.
  const heldGroups = useHeldLists(sorted, { isHeld: hold.isHeld, of, isSettled, keyOf, fateOf: hidden })
  const [heldList] = heldGroups.lists
  const all = heldList?.items as readonly RunGroup[] | undefined
  const open = useMemo(() => (all ?? []).filter((group) => openIds.has(groupId(by, group))), [all, by, openIds])
  const pages = useQueries({
    queries: open.map((group) =>
      runsQuery(address, { filter: groupFilter(by, group, filter), ...(sort && { sort }), columns }, 0, 200),
    ),
  })
  const runs = useStableList(pages.map((page) => page.data))
  const opened = useMemo(
    () =>
      open.flatMap((group, index) => {
        const items = runs[index]?.runs
        return items === undefined ? [] : [{ id: groupId(by, group), total: items.length, items }]
      }),
    [open, runs, by],
  )
  const fates = useRunFates(address, { columns, isFiltered: true })
  const heldRuns = useHeldLists(opened, { isHeld: hold.isHeld, of, isSettled, keyOf: runIdOf, ...fates })
  const rows = useMemo(() => {
    // All of a page is loaded.
    const runsOf = new Map<string, readonly RunWithValues[] | undefined>([
      ...open.map((group) => [groupId(by, group), undefined] as const),
      ...heldRuns.lists.map(
        ({ items }, index) => [opened[index]?.id ?? '', items as readonly RunWithValues[]] as const,
      ),
    ])
    const flat = toGroupedRows(by, all ?? [], runsOf)
    return { count: flat.length, at: (index: number) => flat[index] ?? nothing, ensure: () => {} }
  }, [all, by, open, opened, heldRuns.lists])
  const toggle = useCallback((id: string) => {
    setOpenIds((old) => {
      const next = new Set(old)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  const hasNewGroups = heldGroups.news.newCount > 0
  const inOrder = heldGroups.news.isReordered ? heldGroups.news : heldRuns.news
  const shownNews = hasNewGroups ? heldGroups.news : inOrder
  const letIn = (): void => {
    heldGroups.news.letIn()
    heldRuns.news.letIn()
  }
  return {
    rows,
    total: groups.data?.total,
    error: groups.error,
    retry: () => void groups.refetch(),
    toggle,
    news: { ...shownNews, letIn },
    hasNewGroups,
  }
}

const noLists: readonly never[] = []
const hidden = () => 'hidden' as const
const runIdOf = ({ runId }: RunWithValues): string => runId
const nothing = { kind: 'placeholder', text: undefined } as const
