import type { StrictJsonObject } from '@lossline/protocol'
import { useCallback, useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import { runKeyOf } from '../../view/run/run-key.ts'
import { coloringKeys } from '../../view/runs/run-coloring.ts'
import type { RunFilterState } from '../../view/runs/run-filter.ts'
import type { ViewColors } from '../../view/workspace/run-colors.ts'
import type { WorkspaceRunSet } from '../../view/workspace/workspace.ts'
import { useRunColors } from '../chart/use-run-colors.ts'
import { useFoundRuns, useRunFilter } from './use-run-filter.ts'
import { type RunsState, useRuns } from './use-runs.ts'
import { useWithProject } from './use-with-project.ts'

/** What sets of runs are asked for with. */
export interface RunsOfSetOptions {
  /** Of the view. */
  readonly address: ProjectAddress
  /** Of whose runs alone the page is. */
  readonly group: string | undefined
  /** Colours that the view gives runs. */
  readonly colors: ViewColors
}

/**
 * The runs of a set by their ids, how its filter is to be understood, and what they are asked for with.
 *
 * @param at - Where its runs are.
 */
export function useRunsOfSet(
  { id, coloring }: Pick<WorkspaceRunSet, 'id' | 'coloring'>,
  at: ProjectAddress,
  view: Pick<ViewState, 'query' | 'sort' | 'groupBy' | 'runs' | 'pins'>,
  { address, group, colors }: RunsOfSetOptions,
): {
  readonly runs: RunsState
  readonly filterState: RunFilterState
  readonly runsFilter: StrictJsonObject | undefined
} {
  const { query, sort, groupBy, pins } = view
  const runFilter = useRunFilter(at, query, id)
  const { filter } = runFilter
  const runsFilter = useMemo((): StrictJsonObject | undefined => {
    const all = [...(filter ? [filter] : []), ...(group === undefined ? [] : [{ group }])]
    return all.length > 1 ? { $and: all } : all[0]
  }, [filter, group])
  const list = useMemo(() => {
    const columns = [...new Set([...coloringKeys(coloring), ...groupBy])]
    return { ...(runsFilter && { filter: runsFilter }), sort, ...(columns.length > 0 && { columns }) }
  }, [runsFilter, sort, groupBy, coloring])
  const loaded = useRuns(at, list, view.runs, { pins, of: id, query: runFilter.query })
  const { shown, filterState } = useFoundRuns(loaded, runFilter, id)
  const keyOf = useCallback((runId: string) => runKeyOf({ ...at, runId }, address), [at, address])
  const colored = useRunColors(shown, colors, coloring, keyOf)
  return { runs: useWithProject(colored, at, address), filterState, runsFilter }
}
