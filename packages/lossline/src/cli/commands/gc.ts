import { text } from 'node:stream/consumers'
import { withAdmin } from '../admin/ask-admin.ts'
import { toByteText } from '../byte-text.ts'
import { existingDataDirectory } from '../data-directory.ts'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'

/** Arguments of `lossline gc`. */
export interface GcArgs {
  /** Default: the `.lossline` folder that `init` would write to. */
  readonly dataDir?: string
  readonly dryRun?: boolean
  /** Seconds. Younger contents stay. Default: an hour. */
  readonly grace?: number
  readonly json?: boolean
}

interface Collected {
  readonly isApplied: boolean
  readonly contentCount: number
  readonly sizeBytes: number
  readonly expiredVersionCount: number
  readonly abandonedVersionCount: number
  readonly leftovers: { readonly count: number; readonly sizeBytes: number }
  readonly removedRunCount: number
  readonly forgottenRunCount: number
}

/** Lets go of contents that nothing refers to, and of what broken-off uploads left; or says how much that is. */
export async function gc(args: GcArgs, effects: Effects): Promise<number> {
  const dataDirectory = existingDataDirectory(args.dataDir)
  const body = { apply: args.dryRun !== true, ...(args.grace !== undefined && { graceMs: args.grace * 1000 }) }
  const report = await withAdmin(
    dataDirectory,
    async (admin) => JSON.parse(await text(await admin.open('POST', '/collect-garbage', body))) as Collected,
  )
  if (args.json === true) effects.print(JSON.stringify(report))
  else for (const line of describe(report)) effects.print(line)
  return exitCodes.success
}

function* describe(report: Collected): Generator<string> {
  const { contentCount, sizeBytes, leftovers, removedRunCount, forgottenRunCount } = report
  const { expiredVersionCount, abandonedVersionCount } = report
  const verb = report.isApplied ? 'Removed' : 'Would remove'
  yield `${verb} ${contentCount} contents that nothing refers to (${toByteText(sizeBytes)})`
  yield `${verb} ${leftovers.count} leftovers of uploads (${toByteText(leftovers.sizeBytes)})`
  yield `${verb} ${removedRunCount} runs that were deleted more than 30 days ago`
  yield `${verb} the lists of files of ${forgottenRunCount} deleted runs`
  yield `${verb} ${expiredVersionCount} versions at the end of their lifetime`
  yield `${verb} ${abandonedVersionCount} versions that were never committed`
  if (!report.isApplied) yield 'Nothing was changed. Contents of such runs and versions are not counted yet.'
}
