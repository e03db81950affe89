import { useCallback, useMemo, useRef } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { onlyThese, type RunSelection, showOnly, showRuns } from '../../view/runs/run-selection.ts'
import {
  onlyRuns,
  type RunSelections,
  runSelections,
  selectRuns,
  shownRuns,
} from '../../view/workspace/edit-run-sets.ts'
import { runIdIn } from '../../view/workspace/run-set-project.ts'
import type { WorkspaceStore } from '../../view/workspace/workspace-store.ts'
import type { DrawnSets } from './use-drawn-sets.ts'

/** What charts do with runs, of whichever set they are, by their keys. */
export interface DrawnChoice {
  /** Draws one run alone; the only one that is drawn: what was drawn before. */
  readonly onOnlyRun: (key: string) => void
  /** Draws some of those alone that are drawn. */
  readonly onOnlyRuns: (keys: readonly string[]) => void
  readonly setRunsShown: (keys: readonly string[], isShown: boolean) => void
}

/** Changes which runs are drawn in the set that each is of. */
export function useDrawnChoice(
  address: ProjectAddress,
  store: WorkspaceStore,
  { sets, runs }: DrawnSets,
  chosenId: string,
): DrawnChoice {
  const before = useRef<RunSelection>(undefined)
  const beforeOfSets = useRef<RunSelections>(undefined)
  const drawnIn = useMemo(
    () => new Map((sets ?? []).flatMap((set) => set.runs.map(({ runId }) => [runId, set.id] as const))),
    [sets],
  )
  const onOnlyRun = useCallback(
    (key: string) => {
      if (sets === undefined) {
        const { runs: old } = store.view.get()
        store.view.update({ runs: showOnly(old, key, before.current) })
        before.current = old
        return
      }
      const isOnly = runs.length === 1 && runs[0]!.runId === key
      const places = drawnIn.has(key) ? drawnIn : new Map([[key, chosenId]])
      store.editRunSets('Visible runs', (runSets) => {
        const restored = beforeOfSets.current ?? new Map(runSets.map((set) => [set.id, undefined]))
        const idIn = runIdIn(runSets, address)
        const next = isOnly ? restored : onlyRuns(runSets, [key], { drawnIn: places, idIn })
        beforeOfSets.current = runSelections(runSets)
        return selectRuns(runSets, next)
      })
    },
    [address, store, sets, runs, drawnIn, chosenId],
  )
  const onOnlyRuns = useCallback(
    (keys: readonly string[]) => {
      if (sets === undefined) {
        store.view.update({ runs: onlyThese(keys) })
        return
      }
      store.editRunSets('Visible runs', (runSets) =>
        selectRuns(runSets, onlyRuns(runSets, keys, { drawnIn, idIn: runIdIn(runSets, address) })),
      )
    },
    [address, store, sets, drawnIn],
  )
  const setRunsShown = useCallback(
    (keys: readonly string[], isShown: boolean) => {
      if (sets === undefined) {
        store.view.update({ runs: showRuns(store.view.get().runs, keys, isShown) })
        return
      }
      store.editRunSets('Visible runs', (runSets) => {
        const idIn = runIdIn(runSets, address)
        return selectRuns(runSets, shownRuns(runSets, keys, { isShown, drawnIn, idIn, otherwise: chosenId }))
      })
    },
    [address, store, sets, drawnIn, chosenId],
  )
  return { onOnlyRun, onOnlyRuns, setRunsShown }
}
