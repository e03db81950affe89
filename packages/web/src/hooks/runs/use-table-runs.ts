import type { StrictJsonObject } from '@lossline/protocol'
import { useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import type { RunFilterState } from '../../view/runs/run-filter.ts'
import type { RunsList } from '../../view/runs/run-pages.ts'
import { type TableColumn, valueKeys } from '../../view/runs/table-columns.ts'
import { type TableRows, toFlatRows, withPinnedRows } from '../../view/runs/table-rows.ts'
import type { Workspace } from '../../view/workspace/workspace.ts'
import { type GroupedRows, useGroupedRows } from './use-grouped-rows.ts'
import type { HeldNews } from './use-held-lists.ts'
import { useHeldRuns } from './use-held-runs.ts'
import { useFoundRuns, useRunFilter } from './use-run-filter.ts'
import { type RunsState, useRuns } from './use-runs.ts'
import { tableColoringKeys, useColoredRows } from './use-table-colors.ts'
import { useWithProject } from './use-with-project.ts'

/** What a table of runs has in its rows. */
export interface TableRuns {
  /** Keys whose values come with each run. */
  readonly asked: readonly string[]
  readonly list: RunsList
  readonly filterState: RunFilterState
  /** Those of the list, also where rows are groups of them. */
  readonly runs: RunsState
  readonly grouped: GroupedRows
  /** What groups are made of, and by; undefined: rows are runs. */
  readonly grouping: { readonly filter: StrictJsonObject | undefined; readonly by: readonly string[] } | undefined
  readonly rows: TableRows
  /** What the rows do not show yet, and of what it is. */
  readonly news: HeldNews
  readonly newsOf: 'run' | 'group'
}

/**
 * Loads the runs that a view of a table is about, and makes rows of them: pinned ones first, grouped, in their colours.
 *
 * @param address - Of the view.
 */
export function useTableRuns(
  address: ProjectAddress,
  options: {
    /** Where the runs are. */
    readonly at: ProjectAddress
    /** By which key a run is known in the view; the same function from one render to the next. */
    readonly keyOf: (runId: string) => string
    readonly view: ViewState
    readonly workspace: Workspace
    /** Those that are shown. */
    readonly columns: readonly TableColumn[]
    /** Somebody is at work in the table: rows keep their places. */
    readonly isHeld: boolean
  },
): TableRuns {
  const { at, keyOf, view, workspace, columns, isHeld } = options
  const runFilter = useRunFilter(at, view.query, view.runSet)
  const { filter } = runFilter
  const asked = useMemo(
    () => [...new Set([...tableColoringKeys(workspace, view.runSet), ...view.groupBy, ...valueKeys(columns)])],
    [workspace, view.runSet, view.groupBy, columns],
  )
  const list = useMemo(
    () => ({ ...(filter && { filter }), sort: view.sort, columns: asked }),
    [filter, view.sort, asked],
  )
  const found = useRuns(at, list, view.runs, {
    pins: view.pins,
    of: view.runSet,
    query: runFilter.query,
  })
  const loaded = useWithProject(found, at, address)
  const { shown: runs, filterState } = useFoundRuns(loaded, runFilter, view.runSet)
  const { shown: grouped } = useFoundRuns(
    useGroupedRows(at, list, view.groupBy, { isHeld, of: loaded.listId }),
    runFilter,
    view.runSet,
  )
  const isGrouped = view.groupBy.length > 0
  const grouping = useMemo(
    () => (isGrouped ? { filter, by: view.groupBy } : undefined),
    [isGrouped, filter, view.groupBy],
  )
  const held = useHeldRuns(at, runs, isHeld && !isGrouped)
  const { pinnedCount, ensure } = runs
  const { runs: listedRuns, total } = held
  const listed = useMemo(
    () =>
      isGrouped
        ? withPinnedRows(grouped.rows, listedRuns.slice(0, pinnedCount))
        : toFlatRows({ total, runs: listedRuns, ensure }),
    [isGrouped, grouped.rows, listedRuns, pinnedCount, total, ensure],
  )
  const rows = useColoredRows(listed, workspace, view.runSet, keyOf)
  const news = isGrouped ? grouped.news : held.news
  const newsOf = isGrouped && grouped.hasNewGroups ? 'group' : 'run'
  return { asked, list, filterState, runs, grouped, grouping, rows, news, newsOf }
}
