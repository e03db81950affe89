import type { RunSummary, StrictJsonObject } from '@lossline/protocol'
import { useCallback, useMemo, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { parseViewState, type ViewState } from '../../view/address/url-state.ts'
import type { StyledRun } from '../../view/chart/palette.ts'
import { withRunKeys } from '../../view/run/run-key.ts'
import { clearLooks, type DrawnRunSet, withLooks, withoutDoubles } from '../../view/runs/drawn-sets.ts'
import { runSetAddress } from '../../view/workspace/run-set-project.ts'
import type { WorkspaceRunSet } from '../../view/workspace/workspace.ts'
import type { RunsState } from '../runs/use-runs.ts'

/** What of a set is known that is not the chosen one: its runs are loaded by a component of its own. */
export interface RunsOfOther extends Pick<RunsState, 'total' | 'error'> {
  /** By their ids. */
  readonly visibleRuns: readonly RunSummary[]
  /** What they are asked for with; undefined: all runs of their project. */
  readonly filter: StrictJsonObject | undefined
}

/** Runs that the page draws, and the sets that they are of. */
export interface DrawnSets {
  /** Undefined: there is one set alone. */
  readonly sets: readonly DrawnRunSet[] | undefined
  /** By their keys. */
  readonly runs: readonly RunSummary[]
  /** How those look that look otherwise than in their own project, by their keys. */
  readonly looks: ReadonlyMap<string, StyledRun>
  /** Of sets that are on and not chosen, by their ids. */
  readonly others: ReadonlyMap<string, RunsOfOther>
  /** Tells it what such a set has. */
  readonly onOther: (id: string, found: RunsOfOther) => void
}

/**
 * Puts together what is drawn of all sets that are on.
 *
 * @param address - Of the view.
 * @param chosenRuns - Of the chosen set those that are to be drawn, by their ids.
 */
export function useDrawnSets(
  address: ProjectAddress,
  runSets: readonly WorkspaceRunSet[],
  chosenId: string,
  chosenRuns: readonly RunSummary[],
  view: ViewState,
): DrawnSets {
  const [others, setOthers] = useState<ReadonlyMap<string, RunsOfOther>>(noOthers)
  const onOther = useCallback((id: string, found: RunsOfOther) => setOthers((old) => new Map(old).set(id, found)), [])
  const { query, groupBy } = view
  return useMemo(() => {
    const drawn = runSets.map((set): DrawnRunSet => {
      const { id, name, isEnabled, params } = set
      const at = runSetAddress(runSets, set, address)
      const found = id === chosenId ? chosenRuns : others.get(id)?.visibleRuns
      const said = id === chosenId ? { query, groupBy } : parseViewState(params)
      return {
        id,
        name,
        at,
        query: said.query,
        groupBy: said.groupBy,
        runs: withRunKeys((isEnabled ? found : undefined) ?? noRuns, at, address),
      }
    })
    if (runSets.length === 1) return { sets: undefined, runs: drawn[0]!.runs, looks: noLooks, others, onOther }
    const alone = withoutDoubles(drawn)
    const looks = clearLooks(alone, address)
    const sets = alone.map((set) => ({ ...set, runs: withLooks(set.runs, looks) }))
    return { sets, runs: sets.flatMap(({ runs }) => runs), looks, others, onOther }
  }, [address, runSets, chosenId, query, groupBy, chosenRuns, others, onOther])
}

const noOthers: ReadonlyMap<string, RunsOfOther> = new Map()
const noRuns: readonly never[] = []
const noLooks: ReadonlyMap<string, StyledRun> = new Map()
