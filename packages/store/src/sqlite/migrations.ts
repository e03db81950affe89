import { StoreError } from '../errors.ts'
import type { Connection } from './connection.ts'
import { accountTables } from './schema/account-tables.ts'
import { aliasChangeTable } from './schema/alias-changes.ts'
import { artifactIndexes } from './schema/artifact-indexes.ts'
import { artifactLifetimes } from './schema/artifact-lifetimes.ts'
import { artifactTables } from './schema/artifact-tables.ts'
import { formerNumbers } from './schema/former-numbers.ts'
import { historyReading } from './schema/history-reading.ts'
import { keyScopes } from './schema/key-scopes.ts'
import { linkPasswords } from './schema/link-passwords.ts'
import { metricNotes } from './schema/metric-notes.ts'
import { moveTables } from './schema/moves.ts'
import { protectedAliases } from './schema/protected-aliases.ts'
import { runColors } from './schema/run-colors.ts'
import { runTables } from './schema/run-tables.ts'
import { fillRunValues, runValueTables } from './schema/run-values.ts'
import { sampleProjects } from './schema/sample-projects.ts'
import { shareLinkTable } from './schema/share-links.ts'
import { stateChangeTable } from './schema/state-changes.ts'
import { stateSteps } from './schema/state-steps.ts'
import { sweepAgentTables } from './schema/sweep-agents.ts'
import { sweepTrialTable } from './schema/sweep-trials.ts'
import { sweepTable } from './schema/sweeps.ts'
import { trashAndViewTables } from './schema/trash-and-views.ts'
import { trashedSweeps } from './schema/trashed-sweeps.ts'
import { viewRevisionTables } from './schema/view-revisions.ts'
import { writerTables } from './schema/writer-tables.ts'

/** "Loss" in ASCII, in the header of the file, so that another program's database is not taken for ours. */
const applicationId = 0x4c6f7373

/** Forward only; number n of this list leads to schema version n + 1. A released one is never edited. */
export const migrations: readonly string[] = [
  runTables,
  writerTables,
  artifactTables,
  artifactIndexes,
  accountTables,
  runValueTables,
  trashAndViewTables,
  historyReading,
  moveTables,
  artifactLifetimes,
  stateChangeTable,
  viewRevisionTables,
  runColors,
  sweepTable,
  aliasChangeTable,
  sampleProjects,
  trashedSweeps,
  shareLinkTable,
  formerNumbers,
  linkPasswords,
  keyScopes,
  metricNotes,
  stateSteps,
  sweepAgentTables,
  protectedAliases,
  sweepTrialTable,
]

/** What new tables hold from the beginning, where SQL cannot say it; by the version that has them first. */
const fills: { readonly [version: number]: (connection: Connection) => void } = { 6: fillRunValues }

/** The version that this program writes. */
export const schemaVersion: number = migrations.length

/**
 * Looks whether a database is one that this program may change, before anything is changed.
 *
 * @throws {@link StoreError} `newer-version`, or `corrupt` for another program's database.
 */
export function checkDatabase(connection: Connection, path: string): void {
  const isForeign =
    readPragma(connection, 'application_id') !== applicationId &&
    connection.get('SELECT 1 FROM sqlite_schema LIMIT 1') !== undefined
  if (isForeign) {
    throw new StoreError({
      code: 'corrupt',
      message: `Database "${path}" belongs to another program.`,
      hint: 'Open the store at another path.',
    })
  }
  const found = readPragma(connection, 'user_version')
  if (found > schemaVersion) {
    throw new StoreError({
      code: 'newer-version',
      message: `Database "${path}" has schema version ${found}; this release reads up to ${schemaVersion}.`,
      hint: 'Update Lossline, or open the store at another path.',
    })
  }
}

/** Brings a database to {@link schemaVersion}, each step in a transaction of its own. */
export function migrate(connection: Connection): void {
  for (let version = readPragma(connection, 'user_version'); version < schemaVersion; version++) {
    connection.transaction(() => {
      // Another process may have come first; it had the lock, so now its version is visible.
      if (readPragma(connection, 'user_version') !== version) return
      connection.exec(`PRAGMA application_id = ${applicationId}`)
      connection.exec(migrations[version]!)
      fills[version + 1]?.(connection)
      connection.exec(`PRAGMA user_version = ${version + 1}`)
    })
  }
}

function readPragma(connection: Connection, name: string): number {
  return Object.values(connection.get<{ [name: string]: number }>(`PRAGMA ${name}`) ?? {})[0] ?? 0
}
