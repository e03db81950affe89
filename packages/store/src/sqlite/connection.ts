import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { toStoreError } from './sqlite-errors.ts'

/** Synchronous access to one database; what it throws are `StoreError`s. */
export interface Connection {
  /** First row or undefined. `Row` is what the statement selects: the caller vouches for it. */
  get<Row>(sql: string, ...parameters: readonly SQLInputValue[]): Row | undefined
  all<Row>(sql: string, ...parameters: readonly SQLInputValue[]): Row[]
  /** {@link Connection.all} for statements that are different each time: they push no other out of those that are kept. */
  allOnce<Row>(sql: string, ...parameters: readonly SQLInputValue[]): Row[]
  /** @returns the number of rows changed. */
  run(sql: string, ...parameters: readonly SQLInputValue[]): number
  /** Runs statements that are not worth keeping prepared. */
  exec(sql: string): void
  /** Makes a function of JavaScript known to SQL; it must depend on its arguments only. */
  define(name: string, work: (...values: SQLOutputValue[]) => SQLInputValue): void
  /** Runs `work` between BEGIN IMMEDIATE and COMMIT. `work` must not wait for anything. Rolls back when it throws. */
  transaction<T>(work: () => T): T
  /**
   * Runs `work` so that, when it throws, its changes alone are undone. Only within a transaction. After an error that SQLite
   * answers by rolling everything back (a full disk) {@link isTransactionLost} is true and the transaction must end.
   */
  savepoint<T>(work: () => T): T
  readonly isTransactionLost: boolean
  close(): void
}

// Statements differ in the columns they set, so their number is small; the limit is for a program gone wrong.
const statementCountMax = 256

/** @param path - File or `:memory:`; a file that is made is closed to other accounts. @throws {@link StoreError} `unavailable`, `corrupt`, `locked`. */
export function openConnection(path: string, busyTimeoutMs: number): Connection {
  if (path !== ':memory:') makePrivateFile(path)
  const database = guard(() => new DatabaseSync(path))
  const statements = new Map<string, StatementSync>()

  function guard<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw toStoreError(error, path)
    }
  }

  function prepare(sql: string): StatementSync {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = database.prepare(sql)
    if (statements.size >= statementCountMax) statements.delete(statements.keys().next().value!)
    statements.set(sql, statement)
    return statement
  }

  let isTransactionLost = false

  /** False: SQLite has rolled back already, and there is nothing left to undo. */
  function undo(sql: string): boolean {
    try {
      database.exec(sql)
      return true
    } catch {
      return false
    }
  }

  const connection: Connection = {
    get: <Row>(sql: string, ...parameters: readonly SQLInputValue[]) =>
      guard(() => prepare(sql).get(...parameters) as Row | undefined),
    all: <Row>(sql: string, ...parameters: readonly SQLInputValue[]) =>
      guard(() => prepare(sql).all(...parameters) as Row[]),
    allOnce: <Row>(sql: string, ...parameters: readonly SQLInputValue[]) =>
      guard(() => database.prepare(sql).all(...parameters) as Row[]),
    run: (sql, ...parameters) => guard(() => Number(prepare(sql).run(...parameters).changes)),
    exec: (sql) => guard(() => database.exec(sql)),
    define: (name, work) => guard(() => database.function(name, { deterministic: true }, work)),
    transaction(work) {
      connection.exec('BEGIN IMMEDIATE')
      isTransactionLost = false
      try {
        const result = work()
        connection.exec('COMMIT')
        return result
      } catch (error) {
        undo('ROLLBACK')
        throw error
      }
    },
    savepoint(work) {
      connection.exec('SAVEPOINT call')
      try {
        const result = work()
        connection.exec('RELEASE call')
        return result
      } catch (error) {
        isTransactionLost = !undo('ROLLBACK TO call')
        undo('RELEASE call')
        throw error
      }
    },
    get isTransactionLost() {
      return isTransactionLost
    },
    close() {
      statements.clear()
      guard(() => database.close())
    },
  }
  try {
    connection.exec(`PRAGMA busy_timeout = ${Math.trunc(busyTimeoutMs)}`)
  } catch (error) {
    connection.close()
    throw error
  }
  return connection
}

/** An empty file is an empty database to SQLite, which gives the files beside it the same mode. */
function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch {
    // It is there, or SQLite will say what is wrong.
  }
}
