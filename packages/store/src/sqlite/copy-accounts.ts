import { openConnection } from './connection.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

const accountTableNames = ['account', 'api_key', 'member', 'invite'] as const

/** For a database that a server may still hold for a moment. */
const busyTimeoutMs = 10_000

/**
 * Brings users, teams, their keys and places from one database into another one that has none: they sign in as before. The first
 * one is brought to the version of this release.
 *
 * @param options.path - The database that has them.
 * @param options.targetPath - The one that gets them; made if it is missing.
 * @returns how many users and teams.
 * @throws {@link StoreError} when one of the two cannot be opened, or the target has accounts already.
 * @example await copySqliteAccounts({ path: 'old/store.db', targetPath: 'store.db' })
 */
export async function copySqliteAccounts(options: {
  readonly path: string
  readonly targetPath: string
}): Promise<number> {
  for (const path of [options.path, options.targetPath]) await (await openSqliteStore({ path })).close()
  const connection = openConnection(options.targetPath, busyTimeoutMs)
  try {
    connection.run('ATTACH DATABASE ? AS source', options.path)
    return connection.transaction(() => {
      for (const table of accountTableNames) connection.run(`INSERT INTO main.${table} SELECT * FROM source.${table}`)
      return connection.get<{ count: number }>('SELECT count(*) AS count FROM main.account')!.count
    })
  } finally {
    connection.close()
  }
}
