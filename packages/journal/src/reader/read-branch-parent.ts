import { readRunRecord } from './read-run-record.ts'

/**
 * The run from which a journal's run was forked, by its id: a server has to have that one first.
 *
 * @returns undefined for a run that was not forked, and where the journal cannot be read or does not say yet.
 */
export async function readBranchParent(journalPath: string): Promise<string | undefined> {
  const { runId, branchPoint } = (await readRunRecord(journalPath)) ?? {}
  return branchPoint?.run === runId || branchPoint?.run === '' ? undefined : branchPoint?.run
}
