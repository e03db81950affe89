import type { RunWithValues } from '@lossline/protocol'
import { useCallback, useMemo, useRef } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import { runPathOf } from '../../view/run/run-key.ts'
import type { Fate, LoadedList } from '../../view/runs/hold-list.ts'
import { useValue } from '../use-store.ts'
import { type HeldListsOptions, type HeldNews, useHeldLists } from './use-held-lists.ts'
import type { RunsState } from './use-runs.ts'

/** The runs of a list as somebody sees it. */
export interface HeldRuns {
  readonly total: RunsState['total']
  readonly runs: RunsState['runs']
  readonly news: HeldNews
}

const keyOf = ({ runId }: RunWithValues): string => runId

/**
 * A list that keeps still while somebody is at work in it. Runs that were deleted leave it at once.
 *
 * @param isHeld - Somebody is.
 */
export function useHeldRuns(address: ProjectAddress, runs: RunsState, isHeld: boolean): HeldRuns {
  const options = useRunFates(address, runs)
  const { total, listId, isSettled } = runs
  const lists = useMemo(
    () => (total === undefined ? noLists : [{ id: '', total, items: runs.runs }]),
    [total, runs.runs],
  )
  const { lists: held, news } = useHeldLists(lists, { ...options, isHeld, of: listId, isSettled, keyOf })
  const [list] = held
  return { total: list?.total, runs: list?.items ?? runs.runs, news }
}

/** Tells what becomes of runs that a list has no more, and which of those that it has anew are no news. */
export function useRunFates(
  { entity, project }: ProjectAddress,
  { columns, isFiltered }: Pick<RunsState, 'columns' | 'isFiltered'>,
): Pick<HeldListsOptions<RunWithValues>, 'fateOf' | 'isWelcome'> {
  const fates = useValue(useServices().updates.runFates)
  const columnsId = columns.join('\n')
  const last = useRef(columnsId)
  const hasOtherColumns = last.current !== columnsId
  last.current = columnsId
  const fateOf = useCallback(
    (runId: string, { total, items }: LoadedList<unknown>): Fate => {
      // What is known of it is of the columns before.
      if (hasOtherColumns) return 'forgotten'
      const isNowhere = !isFiltered && items.length >= total && !items.includes(undefined)
      return isNowhere || fates.get(runPathOf({ entity, project, runId })) === 'deleted' ? 'hidden' : 'shown'
    },
    [hasOtherColumns, fates, entity, project, isFiltered],
  )
  const isWelcome = useCallback(
    (runId: string) => fates.get(runPathOf({ entity, project, runId })) === 'restored',
    [fates, entity, project],
  )
  return { fateOf, isWelcome }
}

const noLists: readonly never[] = []
