import { resolve } from 'node:path'
import { restoreBackup } from '@lossline/server'
import { toByteText } from '../byte-text.ts'
import { chooseDataDirectory } from '../data-directory.ts'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'

/** Arguments of `lossline restore`. */
export interface RestoreArgs {
  readonly file: string
  /** Default: the `.lossline` folder that `init` would write to. */
  readonly dataDir?: string
  /** Put aside what the folder holds. */
  readonly replace?: boolean
  readonly json?: boolean
}

/**
 * Brings a backup into a data folder, after checking all of it.
 *
 * @throws ServerError `backup-damaged`, `data-directory`, `server-already-running`; StoreError `newer-version`.
 */
export async function restore(args: RestoreArgs, effects: Effects): Promise<number> {
  const dataDirectory = chooseDataDirectory(args.dataDir)
  effects.showProgress(`checking ${args.file}`)
  const report = await restoreBackup({
    file: resolve(args.file),
    dataDirectory,
    replace: args.replace === true,
    nowMs: Date.now(),
  }).finally(() => effects.showProgress(undefined))
  if (args.json === true) {
    effects.print(JSON.stringify({ dataDirectory, ...report }))
    return exitCodes.success
  }
  const { createdAtMs, fileCount, sizeBytes, formerDirectory } = report
  const made = new Date(createdAtMs).toISOString()
  if (formerDirectory !== undefined) effects.print(`What ${dataDirectory} held is in ${formerDirectory} now.`)
  effects.print(`${dataDirectory} is as it was at ${made}: ${fileCount} files, ${toByteText(sizeBytes)}, all checked.`)
  const place = args.dataDir === undefined ? '' : ` --data-dir ${toShellWord(args.dataDir)}`
  effects.print(`Start the server with: lossline serve${place}`)
  return exitCodes.success
}

/** As it can be pasted. */
function toShellWord(text: string): string {
  return /^[\w./\\:@%+=,-]+$/.test(text) ? text : JSON.stringify(text)
}
