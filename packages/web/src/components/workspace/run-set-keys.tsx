import { useRunSetKeys } from '../../hooks/workspace/use-run-set-keys.ts'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'

/** Listens to the keys for sets of runs and their colours. Shows nothing. */
export function RunSetKeys({ page }: { readonly page: WorkspacePage }): null {
  useRunSetKeys(page)
  return null
}
