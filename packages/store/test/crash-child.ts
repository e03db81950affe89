// Writes rows as fast as it can and says on standard output which are acknowledged, until it is killed.
// With KILL_AT=n it kills itself instead of running statement n, wherever that falls.
import { writeSync } from 'node:fs'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { toRowGroup } from '../src/conformance/plain-rows.ts'
import { openSqliteStore } from '../src/index.ts'

const killAt = Number(process.env.KILL_AT ?? Number.POSITIVE_INFINITY)
let statementCount = 0

function countStatement(): void {
  statementCount += 1
  if (statementCount === killAt) process.kill(process.pid, 'SIGKILL')
}

/** Counts the calls of a method, whatever its overloads. */
function countCalls(prototype: object, name: string): void {
  const original: unknown = Reflect.get(prototype, name)
  if (typeof original !== 'function') throw new TypeError(`No method ${name}.`)
  Reflect.set(prototype, name, function (this: unknown, ...values: unknown[]): unknown {
    countStatement()
    return Reflect.apply(original, this, values)
  })
}

for (const name of ['run', 'get', 'all']) countCalls(StatementSync.prototype, name)
countCalls(DatabaseSync.prototype, 'exec')

const store = await openSqliteStore({ path: process.argv[2]!, groupCommitMs: 0 })
const [result] = await store.write([
  { kind: 'put-run', at: { entity: 'e', project: 'p', runId: 'r' }, nowMs: Date.now(), change: {} },
])
let { historyLineCount: lineOffset } = result.run
const batchRowCount = 150
for (let batch = 0; ; batch++) {
  const rows = Array.from({ length: batchRowCount }, (_, row) => ({
    step: lineOffset + row,
    values: { a: lineOffset + row, b: -(lineOffset + row), ...(row % 50 === 0 && { note: `"${lineOffset + row}"` }) },
  }))
  await store.write([
    {
      kind: 'append-rows',
      run: result.run.id,
      stream: 'history',
      lineOffset,
      rows: toRowGroup(rows),
      nowMs: Date.now(),
    },
    { kind: 'put-lines', run: result.run.id, lineOffset: batch, lines: [`batch ${batch}`], nowMs: Date.now() },
  ])
  lineOffset += batchRowCount
  writeSync(1, `acknowledged ${lineOffset}\n`)
  if (batch % 4 === 3) await store.compact({ all: true })
}
