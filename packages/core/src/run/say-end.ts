import type { FinishReport } from '@lossline/journal'
import { encodeKeyPath, type JsonObject } from '@lossline/protocol'
import { describeFailed } from '../artifacts/log-draft.ts'
import { describeContents } from './describe-contents.ts'
import type { LoggedRunParts } from './logged-run-parts.ts'
import { describeEnd, describeTrouble } from './run-messages.ts'
import type { RunFacts } from './run-records.ts'

/** Tells the user how a run has ended: its figures, what went wrong, and where it is shown. */
export function sayEnd(
  {
    platform,
    messenger,
    quietMessenger,
    mode,
    skipped,
    page,
  }: Pick<LoggedRunParts, 'platform' | 'messenger' | 'quietMessenger' | 'mode' | 'skipped' | 'page'>,
  { name, id, startedAt }: RunFacts,
  end: {
    readonly exitCode: number
    readonly summary: JsonObject
    readonly report: FinishReport
    /** Why artifacts were not logged. */
    readonly artifactFailures: readonly string[]
    readonly quiet?: boolean | undefined
  },
): void {
  if (mode === 'disabled') return
  const { exitCode, summary, report, artifactFailures } = end
  const { info, warn } = end.quiet ? quietMessenger : messenger
  const durationMs = Date.now() - startedAt.getTime()
  const { rowCount, contents } = report
  const described = contents.histories.map(({ path }) => encodeKeyPath(path))
  info(describeEnd({ name, id, exitCode, rowCount, durationMs, summary, described }))
  for (const line of describeContents(contents, platform.terminal()?.columns)) info(line)
  for (const line of [...skipped.totals, ...describeFailed(artifactFailures), ...describeTrouble(report)]) warn(line)
  const pageLine = page.describeEnd(report.sync)
  if (pageLine !== undefined) info(pageLine)
}
