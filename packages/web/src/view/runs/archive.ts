import type { RunSummary } from '@lossline/protocol'
import { isSelected, type RowSelection } from './row-selection.ts'

/**
 * The tag of runs that are put aside: they stay where they are, and lists may leave them out. A tag, so that W&B's programs and
 * exports know it too.
 */
export const archivedTag = 'archived'

/** Whether a run is put aside. */
export function isArchived({ tags }: { readonly tags: readonly string[] }): boolean {
  return tags.includes(archivedTag)
}

/** Whether all marked runs are known, and put aside. @param count - Of marked runs. */
export function areAllArchived(
  runs: readonly (RunSummary | undefined)[],
  selection: RowSelection,
  count: number,
): boolean {
  const known = runs.filter((run): run is RunSummary => run !== undefined && isSelected(selection, run.runId))
  return count > 0 && known.length === count && known.every(isArchived)
}
