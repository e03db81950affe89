import { backup, DatabaseSync } from 'node:sqlite'
import { toStoreError } from './sqlite-errors.ts'

/** Pages between two looks at other work: 4 MB, a few milliseconds. */
const pagesAtATime = 1000

/**
 * Copies the database of a store that may be open and written to meanwhile. The copy holds everything that was acknowledged
 * before the call, and whole transactions only; it opens as a store.
 *
 * @param options.path - The database.
 * @param options.targetPath - Where the copy goes; a file that is there is replaced.
 * @throws {@link StoreError} `unavailable`, `corrupt`, `full`.
 * @example
 * await copySqliteDatabase({ path: 'store.db', targetPath: 'copy.db' })
 */
export async function copySqliteDatabase(options: {
  readonly path: string
  readonly targetPath: string
}): Promise<void> {
  let source: DatabaseSync | undefined
  try {
    source = new DatabaseSync(options.path, { readOnly: true })
    // Held to the end: a copy of what changes would begin again with each change, and under load never end.
    source.exec('BEGIN')
    source.prepare('SELECT count(*) FROM sqlite_schema').get()
    await backup(source, options.targetPath, { rate: pagesAtATime })
  } catch (error) {
    throw toStoreError(error, options.path)
  } finally {
    source?.close()
  }
}
