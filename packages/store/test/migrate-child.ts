// Opens the store given as argument, and kills itself instead of running statement KILL_AT of those that prepare it. The
// statements of a migration are run one at a time for that.
import { DatabaseSync } from 'node:sqlite'
import { openSqliteStore } from '../src/index.ts'

const killAt = Number(process.env.KILL_AT)
let statementCount = 0
const exec = DatabaseSync.prototype.exec

DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  for (const statement of sql.split(';\n')) {
    statementCount += 1
    if (statementCount === killAt) process.kill(process.pid, 'SIGKILL')
    exec.call(this, statement)
  }
}

await (await openSqliteStore({ path: process.argv[2]! })).close()
