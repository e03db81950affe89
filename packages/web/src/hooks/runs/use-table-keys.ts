import type { ProjectAddress } from '../../api/queries.ts'
import type { EditedField } from '../../components/runs/cell-editor.tsx'
import type { TableRow } from '../../view/runs/table-rows.ts'
import { useShortcut } from '../use-store.ts'
import { type RunKeyActions, useRunKeys } from './use-run-keys.ts'

/** What keys do with the row that is meant. */
export interface TableKeyActions extends RunKeyActions {
  /** @param isRange - Also all between this row and the one that was marked last. */
  readonly onSelect: (isRange: boolean) => void
  readonly onToggleGroup: (groupId: string) => void
  readonly onEdit: (runId: string, field: EditedField) => void
}

/** Keys of a table of runs: those of every list, X marks, Shift X marks up to here, F2 renames, Enter opens groups too. */
export function useTableKeys(address: ProjectAddress, row: TableRow | undefined, actions: TableKeyActions): void {
  const run = row?.kind === 'run' ? row : undefined
  useRunKeys(address, run?.run, actions)
  useShortcut('select-run', () => actions.onSelect(false))
  useShortcut('select-runs-to-here', () => actions.onSelect(true))
  const edit = (field: EditedField) => () => (run === undefined ? false : actions.onEdit(run.run.runId, field))
  useShortcut('rename-run', edit('name'))
  useShortcut('edit-run-tags', edit('tags'))
  useShortcut('edit-run-notes', edit('notes'))
  // Asked first, since it registers last.
  const group = row?.kind === 'group' ? row : undefined
  useShortcut('open-run', () => (group === undefined ? false : actions.onToggleGroup(group.id)))
}
