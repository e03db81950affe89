import type { RunGroup, RunWithValues } from '@lossline/protocol'
import { useMemo, useRef } from 'react'
import { RunsListGroup } from '../../components/runs/runs-list-group.tsx'
import type { StyledRun } from '../../view/chart/palette.ts'
import { runGroupName, toRunParts } from '../../view/panels/run-groups.ts'
import { type TableRows, withColoredRuns, withPinnedRows } from '../../view/runs/table-rows.ts'
import { createRunColorer } from '../../view/workspace/run-colors.ts'
import { useGroupEyes } from '../runs/use-group-eyes.ts'
import { useGroupedRows } from '../runs/use-grouped-rows.ts'
import { useRunGroups } from '../runs/use-run-groups.ts'
import type { WorkspacePage } from './use-workspace-page.ts'

/** A group as the charts have it. */
export interface GroupInCharts {
  /** Undefined: none of its runs is drawn. */
  readonly look: StyledRun | undefined
  readonly drawnCount: number
}

/** The groups of a workspace's list of runs. */
export interface ListGroups {
  /** Pinned runs, then groups, with the runs of those that are open. */
  readonly rows: TableRows
  /** What runs are put together by. */
  readonly by: readonly string[]
  readonly error: Error | null
  readonly retry: () => void
  readonly toggle: (groupId: string) => void
  readonly inCharts: (group: RunGroup) => GroupInCharts
  readonly show: (group: RunGroup, isShown: boolean) => void
  /** What draws the head of a group; it comes with the groups. */
  readonly Head: typeof RunsListGroup
}

/** Puts the runs of the list together as the charts do; undefined: the view groups nothing. */
export function useListGroups(page: WorkspacePage): ListGroups | undefined {
  const { address, chosenAt, keyOf, view, store, state, drawn, chosenId, runs, runsFilter } = page
  const { groupBy, sort } = view
  const { runColors, separated, runSets } = state.workspace
  const { coloring, name } = runSets.find(({ id }) => id === chosenId) ?? runSets[0]!
  const columns = runs.columns
  const list = useMemo(
    () => ({ ...(runsFilter && { filter: runsFilter }), sort, columns }),
    [runsFilter, sort, columns],
  )
  const grouped = useGroupedRows(chosenAt, list, groupBy, { isHeld: false, of: runs.listId })
  const { looks } = drawn
  const inColor = useMemo(() => {
    const colorer = createRunColorer({ runColors, separated }, coloring, keyOf)
    return <R extends RunWithValues>(run: R): R => {
      const look = looks.get(keyOf(run.runId))
      return look === undefined ? colorer(run) : { ...run, ...look }
    }
  }, [runColors, separated, coloring, keyOf, looks])
  const { runs: listed, pinnedCount } = runs
  const rows = useMemo(
    () => withPinnedRows(withColoredRuns(grouped.rows, inColor), listed.slice(0, pinnedCount)),
    [grouped.rows, inColor, listed, pinnedCount],
  )
  const parts = useMemo(
    () => toRunParts(groupBy.length > 0 ? drawn.runs : noRuns, { keys: undefined, groupBy, sets: drawn.sets }),
    [groupBy, drawn],
  )
  const drawnGroups = useRunGroups(address, parts)
  const hasSets = drawn.sets !== undefined
  const inCharts = useMemo(() => {
    const byName = new Map(drawnGroups?.groups.map((group) => [group.name, group]))
    return ({ values }: RunGroup): GroupInCharts => {
      const own = runGroupName(groupBy, values)
      const found = byName.get(hasSets ? `${name} · ${own}` : own)
      return { look: found?.look, drawnCount: found?.runs.length ?? 0 }
    }
  }, [drawnGroups, groupBy, hasSets, name])
  const show = useGroupEyes(chosenAt, store.view, runsFilter)
  const { error, toggle } = grouped
  const retry = useRef(grouped.retry)
  retry.current = grouped.retry
  const isGrouped = groupBy.length > 0
  return useMemo(
    () =>
      isGrouped
        ? { rows, by: groupBy, error, retry: () => retry.current(), toggle, inCharts, show, Head: RunsListGroup }
        : undefined,
    [isGrouped, rows, groupBy, error, toggle, inCharts, show],
  )
}

const noRuns: readonly never[] = []
