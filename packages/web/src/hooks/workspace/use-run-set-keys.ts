import { addRunSet, changeRunSet } from '../../view/workspace/edit-run-sets.ts'
import { createPanelId } from '../../view/workspace/panel-id.ts'
import { findRunSet } from '../../view/workspace/workspace-address.ts'
import { useShortcut } from '../use-store.ts'
import { useColoringActions } from './use-coloring-actions.ts'
import type { WorkspacePage } from './use-workspace-page.ts'

/** Commands for sets of runs and their colours, whether or not the list is open. */
export function useRunSetKeys(page: WorkspacePage): void {
  const { store, state, chosenId } = page
  const { runSets } = state.workspace
  const actions = useColoringActions(page)
  useShortcut('add-run-set', () => store.editRunSets('Add run set', (all) => addRunSet(all, createPanelId())))
  useShortcut('next-run-set', () => {
    const index = runSets.findIndex(({ id }) => id === chosenId)
    return runSets.length === 1 ? false : store.chooseRunSet(runSets[(index + 1) % runSets.length]!.id)
  })
  useShortcut('toggle-run-set', () => {
    const isEnabled = !findRunSet(state.workspace, chosenId).isEnabled
    store.editRunSets(isEnabled ? 'Turn run set on' : 'Turn run set off', (all) =>
      changeRunSet(all, chosenId, { isEnabled }),
    )
  })
  useShortcut('separate-runs', actions.separate)
  useShortcut('reset-colors', actions.reset)
}
