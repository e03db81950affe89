import type { RunSummary } from '@lossline/protocol'
import { useCallback, useMemo, useState } from 'react'
import { parseViewState, type ViewState } from '../../view/address/url-state.ts'
import { type DrawnRunSet, withoutDoubles } from '../../view/runs/drawn-sets.ts'
import type { WorkspaceRunSet } from '../../view/workspace/workspace.ts'
import type { RunsState } from '../runs/use-runs.ts'

/** What of a set is known that is not the chosen one: its runs are loaded by a component of its own. */
export interface RunsOfOther extends Pick<RunsState, 'total'> {
  readonly visibleRuns: readonly RunSummary[]
}

/** Runs that the page draws, and the sets that they are of. */
export interface DrawnSets {
  /** Undefined: there is one set alone. */
  readonly sets: readonly DrawnRunSet[] | undefined
  readonly runs: readonly RunSummary[]
  /** Of sets that are on and not chosen, by their ids. */
  readonly others: ReadonlyMap<string, RunsOfOther>
  /** Tells it what such a set has. */
  readonly onOther: (id: string, found: RunsOfOther) => void
}

/**
 * Puts together what is drawn of all sets that are on.
 *
 * @param chosenRuns - Of the chosen set those that are to be drawn.
 */
export function useDrawnSets(
  runSets: readonly WorkspaceRunSet[],
  chosenId: string,
  chosenRuns: readonly RunSummary[],
  view: ViewState,
): DrawnSets {
  const [others, setOthers] = useState<ReadonlyMap<string, RunsOfOther>>(noOthers)
  const onOther = useCallback((id: string, found: RunsOfOther) => setOthers((old) => new Map(old).set(id, found)), [])
  const { query, groupBy } = view
  return useMemo(() => {
    const drawn = runSets.map(({ id, name, isEnabled, params }): DrawnRunSet => {
      const found = id === chosenId ? chosenRuns : others.get(id)?.visibleRuns
      const said = id === chosenId ? { query, groupBy } : parseViewState(params)
      return {
        id,
        name,
        query: said.query,
        groupBy: said.groupBy,
        runs: (isEnabled ? found : undefined) ?? noRuns,
      }
    })
    if (runSets.length === 1) return { sets: undefined, runs: drawn[0]!.runs, others, onOther }
    const sets = withoutDoubles(drawn)
    return { sets, runs: sets.flatMap(({ runs }) => runs), others, onOther }
  }, [runSets, chosenId, query, groupBy, chosenRuns, others, onOther])
}

const noOthers: ReadonlyMap<string, RunsOfOther> = new Map()
const noRuns: readonly never[] = []
