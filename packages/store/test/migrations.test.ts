import { readFile, writeFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync } from 'node:zlib'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { putArtifact } from '../src/conformance/artifact-samples.ts'
import { openSqliteStore } from '../src/index.ts'
import { schemaVersion } from '../src/sqlite/migrations.ts'

const nowMs = Date.UTC(2026, 1, 1)

/** A database as the first release wrote it: one run with 5,001 rows, compacted but for the last one, and two lines. */
const firstVersion = new URL('./fixtures/store-v1.db.gz', import.meta.url)

test('a database of version 1 is brought up to date with all that is in it', async () => {
  await using directory = await openTemporaryDirectory()
  const path = directory.join('store.db')
  await writeFile(path, gunzipSync(await readFile(firstVersion)))
  await using store = await openSqliteStore({ path })
  const run = await store.run({ entity: 'e', project: 'p', runId: 'r1' })
  expect(run).toMatchObject({ displayName: 'an old run', tags: ['a'], state: 'finished', historyLineCount: 5001 })
  const column = await store.column({ run: run!.id, key: 'loss' })
  expect([column.steps.length, column.values[4999], column.values[5000]]).toEqual([5001, 2499.5, Number.NaN])
  expect(await store.lines({ run: run!.id, from: 0, limit: 10 })).toEqual([
    { number: 0, text: 'hello' },
    { number: 1, text: 'world' },
  ])
  const artifact = await putArtifact(store, { run: run!.id, entries: [{ path: 'a', md5: 'm' }] })
  expect(await store.artifacts.runsOf({ artifact: artifact.id, direction: 'output' })).toEqual([run!.id])
  const database = new DatabaseSync(path, { readOnly: true })
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: schemaVersion })
  database.close()
})

test('a database that was brought up to date has the same tables as a new one', async () => {
  await using directory = await openTemporaryDirectory()
  await writeFile(directory.join('old.db'), gunzipSync(await readFile(firstVersion)))
  const schemas = []
  for (const name of ['old.db', 'new.db']) {
    await using store = await openSqliteStore({ path: directory.join(name) })
    await store.write([{ kind: 'put-project', entity: 'e', name: 'p', nowMs }])
    const database = new DatabaseSync(directory.join(name), { readOnly: true })
    const rows = database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all()
    // The first release indented its statements more.
    schemas.push(rows.map((row) => ({ ...row, sql: String(row.sql).replace(/\s+/g, ' ') })))
    database.close()
  }
  expect(schemas[0]).toEqual(schemas[1])
})
