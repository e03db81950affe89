import { useCallback, useRef } from 'react'
import { type RunSelection, showOnly, showRuns } from '../../view/runs/run-selection.ts'
import {
  onlyRun,
  type RunSelections,
  runSelections,
  selectRuns,
  shownRuns,
} from '../../view/workspace/edit-run-sets.ts'
import type { WorkspaceStore } from '../../view/workspace/workspace-store.ts'
import type { DrawnSets } from './use-drawn-sets.ts'

/** What charts do with runs, of whichever set they are. */
export interface DrawnChoice {
  /** Draws one run alone; the only one that is drawn: what was drawn before. */
  readonly onOnlyRun: (runId: string) => void
  readonly setRunsShown: (runIds: readonly string[], isShown: boolean) => void
}

/** Changes which runs are drawn in the set that each is of. */
export function useDrawnChoice(store: WorkspaceStore, { sets, runs }: DrawnSets, chosenId: string): DrawnChoice {
  const before = useRef<RunSelection>(undefined)
  const beforeOfSets = useRef<RunSelections>(undefined)
  const onOnlyRun = useCallback(
    (runId: string) => {
      if (sets === undefined) {
        const { runs: old } = store.view.get()
        store.view.update({ runs: showOnly(old, runId, before.current) })
        before.current = old
        return
      }
      const isOnly = runs.length === 1 && runs[0]!.runId === runId
      const { id = chosenId } = sets.find((set) => set.runs.some((run) => run.runId === runId)) ?? {}
      store.editRunSets('Visible runs', (runSets) => {
        const restored = beforeOfSets.current ?? new Map(runSets.map((set) => [set.id, undefined]))
        const next = isOnly ? restored : onlyRun(runSets, id, runId)
        beforeOfSets.current = runSelections(runSets)
        return selectRuns(runSets, next)
      })
    },
    [store, sets, runs, chosenId],
  )
  const setRunsShown = useCallback(
    (runIds: readonly string[], isShown: boolean) => {
      if (sets === undefined) {
        store.view.update({ runs: showRuns(store.view.get().runs, runIds, isShown) })
        return
      }
      const drawnIn = new Map(sets.flatMap((set) => set.runs.map(({ runId }) => [runId, set.id] as const)))
      store.editRunSets('Visible runs', (runSets) =>
        selectRuns(runSets, shownRuns(runSets, runIds, { isShown, drawnIn, otherwise: chosenId })),
      )
    },
    [store, sets, chosenId],
  )
  return { onOnlyRun, setRunsShown }
}
