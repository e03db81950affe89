import type { RunSummary } from '@lossline/protocol'
import type { ProjectAddress } from '../../api/queries.ts'
import type { EditedField } from '../../components/runs/cell-editor.tsx'
import type { TableRow } from '../../view/runs/table-rows.ts'
import { useShortcut } from '../use-store.ts'
import { type RunKeyActions, useRunKeys } from './use-run-keys.ts'

/** What keys do with the row that is meant. */
export interface TableKeyActions extends RunKeyActions {
  readonly onToggleGroup: (groupId: string) => void
  readonly onEdit: (runId: string, field: EditedField) => void
}

/**
 * Keys of a table of runs: those of every list, F2 renames, Enter opens groups too.
 *
 * @param rowOf - Tells which row is meant.
 */
export function useTableKeys(
  address: ProjectAddress,
  rowOf: () => TableRow | undefined,
  actions: TableKeyActions,
): void {
  const runOf = (): RunSummary | undefined => {
    const row = rowOf()
    return row?.kind === 'run' ? row.run : undefined
  }
  useRunKeys(address, runOf, actions)
  const edit = (field: EditedField) => () => {
    const run = runOf()
    return run === undefined ? false : actions.onEdit(run.runId, field)
  }
  useShortcut('rename-run', edit('name'))
  useShortcut('edit-run-tags', edit('tags'))
  useShortcut('edit-run-notes', edit('notes'))
  // Asked first, since it registers last.
  useShortcut('open-run', () => {
    const row = rowOf()
    return row?.kind === 'group' ? actions.onToggleGroup(row.id) : false
  })
}
