import type { RunWithValues } from '@lossline/protocol'
import { useNavigate } from '@tanstack/react-router'
import type { ProjectAddress } from '../api/queries.ts'
import type { TableRow } from '../view/runs/table-rows.ts'
import { useShortcut } from './use-store.ts'

/** What keys do with the row that is meant. */
export interface TableKeyActions {
  readonly move: (by: number) => void
  readonly select: () => void
  readonly onToggle: (runId: string, index: number) => void
  readonly onBaseline: (runId: string) => void
  readonly onToggleGroup: (name: string) => void
}

/** Keys of a table of runs: J and K go, X marks, V shows, B compares, Enter opens. */
export function useTableKeys(address: ProjectAddress, row: TableRow | undefined, actions: TableKeyActions): void {
  const navigate = useNavigate()
  const ofRun = (act: (run: RunWithValues, index: number) => void) => () => {
    if (row?.kind === 'run') act(row.run, row.index)
  }
  useShortcut('next-run', () => actions.move(1))
  useShortcut('previous-run', () => actions.move(-1))
  useShortcut('select-run', () => actions.select())
  useShortcut(
    'toggle-eye',
    ofRun(({ runId }, index) => actions.onToggle(runId, index)),
  )
  useShortcut(
    'set-baseline',
    ofRun(({ runId }) => actions.onBaseline(runId)),
  )
  useShortcut('open-run', () => {
    if (row?.kind === 'group') return actions.onToggleGroup(row.name)
    if (row?.kind !== 'run') return false
    void navigate({ to: '/$entity/$project/runs/$runId', params: { ...address, runId: row.run.runId } })
  })
}
