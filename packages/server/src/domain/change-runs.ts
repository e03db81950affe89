import type { RunAddress, RunRow } from '@lossline/store'
import type { Runs } from './runs.ts'

/** One change of many runs. */
export interface RunsChange {
  readonly addTags: readonly string[]
  readonly removeTags: readonly string[]
  readonly group?: string | undefined
  readonly jobType?: string | undefined
  readonly action?: 'stop' | 'trash' | 'restore' | undefined
}

/** What can be edited of a run by many. */
export interface SharedEdit {
  readonly tags?: readonly string[]
  readonly group?: string
  readonly jobType?: string
}

/** A run that was changed, and what it had before of what was edited. */
export interface ChangedRun {
  readonly runId: string
  readonly before: SharedEdit
}

/**
 * Changes runs one after the other, each as a whole; what stays as it is is left out of the answer.
 *
 * @throws {@link ServerError} as changing one of them does; those before it are changed then.
 */
export async function changeRuns(runs: Runs, chosen: readonly RunRow[], change: RunsChange): Promise<ChangedRun[]> {
  const changed: ChangedRun[] = []
  for (const run of chosen) {
    const edit = toEdit(run, change)
    const isEdited = Object.keys(edit).length > 0
    if (isEdited) await runs.edit(run.id, edit)
    if (change.action === 'stop') await runs.requestStop(run.id)
    if (change.action === 'trash') await runs.trash.put(run.id)
    if (isEdited || change.action !== undefined) changed.push({ runId: run.runId, before: pick(run, edit) })
  }
  return changed
}

/** Brings runs back from the trash. @throws {@link ServerError} `not-found`. */
export async function restoreRuns(runs: Runs, at: readonly RunAddress[]): Promise<ChangedRun[]> {
  const restored: ChangedRun[] = []
  for (const address of at) restored.push({ runId: (await runs.trash.restore(address)).runId, before: {} })
  return restored
}

function toEdit(run: RunRow, { addTags, removeTags, group, jobType }: RunsChange): SharedEdit {
  const tags = [...new Set([...run.tags, ...addTags])].filter((tag) => !removeTags.includes(tag))
  return {
    ...(tags.join('\n') !== run.tags.join('\n') && { tags }),
    ...(group !== undefined && group !== run.group && { group }),
    ...(jobType !== undefined && jobType !== run.jobType && { jobType }),
  }
}

function pick({ tags, group, jobType }: RunRow, edit: SharedEdit): SharedEdit {
  return {
    ...(edit.tags && { tags }),
    ...(edit.group !== undefined && { group }),
    ...(edit.jobType !== undefined && { jobType }),
  }
}
