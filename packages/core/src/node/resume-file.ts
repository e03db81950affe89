import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { maybeReadText } from './data-directory.ts'

/** Remembers in a data folder which run goes on with `resume: 'auto'`, as W&B's `wandb-resume.json` does. */
const fileName = 'resume.json'

/** Id of the run that was begun last with `resume: 'auto'` and has not ended well. */
export function readResumeId(dataDirectory: string): string | undefined {
  const content = maybeReadText(join(dataDirectory, fileName))
  if (content === undefined) return undefined
  try {
    const { run_id: runId } = JSON.parse(content) as { run_id?: unknown }
    return typeof runId === 'string' && runId !== '' ? runId : undefined
  } catch {
    return undefined
  }
}

/** What cannot be written is not remembered. */
export function writeResumeId(dataDirectory: string, runId: string): void {
  const path = join(dataDirectory, fileName)
  try {
    mkdirSync(dataDirectory, { recursive: true })
    writeFileSync(`${path}.${process.pid}.tmp`, `${JSON.stringify({ run_id: runId })}\n`)
    renameSync(`${path}.${process.pid}.tmp`, path)
  } catch {
    // A folder that cannot be written is said when the run's own is made in it.
  }
}

/** After a good end; a run that was begun since is left. Never throws: the end of a run does not fail for this. */
export function forgetResumeId(dataDirectory: string, runId: string): void {
  try {
    if (readResumeId(dataDirectory) === runId) rmSync(join(dataDirectory, fileName), { force: true })
  } catch {
    // What cannot be removed makes the next run with `auto` go on with this one, which says so when it starts.
  }
}
