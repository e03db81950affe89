import { chooseDataDirectory } from '../data-directory.ts'
import { checkDataDirectory } from '../doctor/check-data-directory.ts'
import { checkPage, checkSqlite } from '../doctor/check-installation.ts'
import { checkNode } from '../doctor/check-node.ts'
import { checkServer } from '../doctor/check-server.ts'
import { checkSyncs } from '../doctor/check-syncs.ts'
import type { Finding } from '../doctor/finding.ts'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'

/** Arguments of `lossline doctor`. */
export interface DoctorArgs {
  /** Default: the `.lossline` folder that `init` would write to. */
  readonly dataDir?: string
  readonly json?: boolean
}

/** Looks for what keeps Lossline from working here. Exit code 1 if there is a problem; warnings are none. */
export async function doctor(args: DoctorArgs, effects: Effects): Promise<number> {
  const dataDirectory = chooseDataDirectory(args.dataDir)
  const findings = [
    checkNode(process.versions.node),
    await checkSqlite(),
    checkPage(),
    checkDataDirectory(dataDirectory),
    await checkServer(dataDirectory),
    await checkSyncs(dataDirectory),
  ]
  if (args.json === true) effects.print(JSON.stringify({ dataDirectory, findings }))
  else for (const finding of findings) printFinding(finding, effects)
  return findings.some(({ status }) => status === 'problem') ? exitCodes.failure : exitCodes.success
}

const marks = { ok: 'ok      ', warning: 'warning ', problem: 'PROBLEM ' } as const

function printFinding({ subject, status, detail, hint }: Finding, effects: Effects): void {
  effects.print(`${marks[status]}${subject}: ${detail}`)
  if (hint !== undefined) effects.print(`        ${hint}`)
}
