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
}

/**
 * Keys of every list of runs: J and K go, V shows, Shift V shows it alone, B compares, P pins, Space previews, Enter opens.
 *
 * @param run - The one that is meant; undefined: keys but J and K do what they usually do.
 */
export function useRunKeys(address: ProjectAddress, run: RunSummary | undefined, actions: RunKeyActions): void {
  const navigate = useNavigate()
  const ofRun = (act: (runId: string) => void) => () => (run === undefined ? false : act(run.runId))
  useShortcut('next-run', () => actions.onMove(1))
  useShortcut('previous-run', () => actions.onMove(-1))
  useShortcut('toggle-eye', ofRun(actions.onToggle))
  useShortcut('only-this-run', ofRun(actions.onOnly))
  useShortcut('set-baseline', ofRun(actions.onBaseline))
  useShortcut('pin-run', ofRun(actions.onPin))
  useShortcut('preview-run', ofRun(actions.onPreview))
  useShortcut(
    'open-run',
    ofRun((runId) => {
      const params = { ...address, runId }
      void navigate({ to: '/$entity/$project/runs/$runId', params, search: toRunSet as never })
    }),
  )
}
