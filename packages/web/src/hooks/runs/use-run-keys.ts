import type { RunSummary } from '@lossline/protocol'
import { useNavigate } from '@tanstack/react-router'
import type { ProjectAddress } from '../../api/queries.ts'
import { toRunSet } from '../../view/run/run-set.ts'
import { useShortcut } from '../use-store.ts'

/** What keys do with the run that is meant. */
export interface RunKeyActions {
  readonly onMove: (by: number) => void
  readonly onToggle: (runId: string) => void
  readonly onOnly: (runId: string) => void
  readonly onBaseline: (runId: string) => void
  readonly onPin: (runId: string) => void
  readonly onPreview: (runId: string) => void
  /** @param isRange - Also all between this row and the one that was marked last. */
  readonly onSelect: (isRange: boolean) => void
}

/**
 * Keys of every list of runs: J and K go, V shows, Shift V shows it alone, X marks, Shift X marks up to here,
 * B compares, P pins, Space previews, Enter opens.
 *
 * @param runOf - Tells which one is meant; undefined: keys but J and K do what they usually do.
 */
export function useRunKeys(address: ProjectAddress, runOf: () => RunSummary | undefined, actions: RunKeyActions): void {
  const navigate = useNavigate()
  const ofRun = (act: (runId: string) => void) => () => {
    const run = runOf()
    return run === undefined ? false : act(run.runId)
  }
  useShortcut('next-run', () => actions.onMove(1))
  useShortcut('previous-run', () => actions.onMove(-1))
  useShortcut('toggle-eye', ofRun(actions.onToggle))
  useShortcut('only-this-run', ofRun(actions.onOnly))
  useShortcut('set-baseline', ofRun(actions.onBaseline))
  useShortcut('pin-run', ofRun(actions.onPin))
  useShortcut('select-run', () => actions.onSelect(false))
  useShortcut('select-runs-to-here', () => actions.onSelect(true))
  useShortcut('preview-run', ofRun(actions.onPreview))
  useShortcut(
    'open-run',
    ofRun((runId) => {
      const params = { ...address, runId }
      void navigate({ to: '/$entity/$project/runs/$runId', params, search: toRunSet as never })
    }),
  )
}
