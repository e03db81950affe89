import { createJsonLog, reindexDataDirectory } from '@lossline/server'
import { existingDataDirectory } from '../data-directory.ts'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'

/** Arguments of `lossline reindex`. */
export interface ReindexArgs {
  /** Default: the `.lossline` folder that `init` would write to. */
  readonly dataDir?: string
  readonly fresh?: boolean
  readonly json?: boolean
}

/**
 * Reads all run folders into the database again.
 *
 * @throws ServerError `server-already-running`; StoreError when the database cannot be opened, which `--fresh` avoids.
 */
export async function reindex(args: ReindexArgs, effects: Effects): Promise<number> {
  const dataDirectory = existingDataDirectory(args.dataDir)
  const report = await reindexDataDirectory({
    dataDirectory,
    fresh: args.fresh === true,
    log: createJsonLog({ level: 'warn', write: (line) => effects.note(line.trimEnd()) }),
    signal: effects.stop,
  })
  if (args.json === true) {
    effects.print(JSON.stringify({ dataDirectory, ...report }))
    return exitCodes.success
  }
  const { runFolderCount, runCount, runCountBefore, formerDirectory, accountCount } = report
  if (formerDirectory !== undefined) {
    effects.print(`The former database is in ${formerDirectory}.`)
    effects.print(
      accountCount === undefined
        ? 'It cannot be read: users, keys and teams are not in the new one.'
        : `Users, keys and teams are in the new one too (${accountCount}).`,
    )
    effects.print(
      `To go back: stop the server, remove store.db, store.db-wal, store.db-shm, store-id and run-files from ${dataDirectory}, and move what the folder holds there.`,
    )
    effects.print('Until the folder is removed or moved away, lossline gc removes nothing.')
    effects.print(
      'Of runs only those with a folder are read: not those that clients sent, no edits, moves and deletions.',
    )
  }
  const before =
    formerDirectory !== undefined
      ? describeFormer(runCountBefore)
      : runCountBefore === undefined
        ? ', there was no database before'
        : `, there were ${runCountBefore} before`
  effects.print(`Read ${runFolderCount} run folders: the database has ${runCount} runs now${before}.`)
  return exitCodes.success
}

/** @param runCount - Undefined for a database that cannot be read. */
function describeFormer(runCount: number | undefined): string {
  return runCount === undefined ? '' : `, the former one has ${runCount}`
}
