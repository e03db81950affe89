import type { RunAddress, RunRow } from '@lossline/store'
import { toHttpStatus } from '../errors.ts'
import { inParts } from './in-parts.ts'
import type { Runs } from './runs.ts'

/** One change of many runs. */
export interface RunsChange {
  readonly addTags: readonly string[]
  readonly removeTags: readonly string[]
  readonly group?: string | undefined
  readonly jobType?: string | undefined
  readonly color?: string | undefined
  readonly action?: 'stop' | 'trash' | 'restore' | undefined
}

/** What can be edited of a run by many. */
export interface SharedEdit {
  readonly tags?: readonly string[]
  readonly group?: string
  readonly jobType?: string
  readonly color?: string
}

/** A run that was changed, and what it had before of what was edited. */
export interface ChangedRun {
  readonly runId: string
  readonly before: SharedEdit
}

/**
 * Changes runs, each as a whole. What stays as it is and what is gone meanwhile is left out of the answer.
 *
 * @throws {@link ServerError} as changing one of them does; hundreds may be changed then.
 */
export async function changeRuns(runs: Runs, chosen: readonly RunRow[], change: RunsChange): Promise<ChangedRun[]> {
  const changed = await inParts(chosen, ({ id }) => changeRun(runs, id, change))
  return changed.filter((run) => run !== undefined)
}

async function changeRun(runs: Runs, id: number, change: RunsChange): Promise<ChangedRun | undefined> {
  let before: SharedEdit = {}
  try {
    // Decided in the run's turn: its program may add tags at the same time.
    const { runId } = await runs.edit(id, (run) => {
      const edit = toEdit(run, change)
      before = pick(run, edit)
      return edit
    })
    if (change.action === 'stop') await runs.requestStop(id)
    if (change.action === 'trash') await runs.trash.put(id)
    const isChanged = Object.keys(before).length > 0 || change.action !== undefined
    return isChanged ? { runId, before } : undefined
  } catch (error) {
    if (toHttpStatus(error) === 404) return undefined
    throw error
  }
}

/** Brings runs back from the trash. @throws {@link ServerError} `not-found`. */
export function restoreRuns(runs: Runs, at: readonly RunAddress[]): Promise<ChangedRun[]> {
  return inParts(at, async (address) => ({ runId: (await runs.trash.restore(address)).runId, before: {} }))
}

function toEdit(run: RunRow, { addTags, removeTags, group, jobType, color }: RunsChange): SharedEdit {
  const tags = [...new Set([...run.tags, ...addTags])].filter((tag) => !removeTags.includes(tag))
  const isSame = tags.length === run.tags.length && tags.every((tag, index) => tag === run.tags[index])
  return {
    ...(!isSame && { tags }),
    ...(group !== undefined && group !== run.group && { group }),
    ...(jobType !== undefined && jobType !== run.jobType && { jobType }),
    ...(color !== undefined && color !== run.color && { color }),
  }
}

/** Of the same fields what the run has. */
function pick(run: RunRow, edit: SharedEdit): SharedEdit {
  const fields = Object.keys(edit) as (keyof SharedEdit)[]
  return Object.fromEntries(fields.map((field) => [field, run[field]]))
}
