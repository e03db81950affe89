import { DatabaseSync } from 'node:sqlite'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { openSqliteStore } from '../open-sqlite-store.ts'

test('the index holds what runs have now, and nothing of deleted ones', async () => {
  await using directory = await openTemporaryDirectory()
  const path = directory.join('store.db')
  await using store = await openSqliteStore({ path })
  const put = async (config: string, summary: string): Promise<number> => {
    const at = { entity: 'e', project: 'p', runId: 'r' }
    const [{ run }] = await store.write([{ kind: 'put-run', at, nowMs: 0, change: { config, summary } }])
    return run.id
  }
  const readIndex = (): unknown[] => {
    const database = new DatabaseSync(path, { readOnly: true })
    const rows = database
      .prepare('SELECT source, name, value FROM run_value JOIN key ON key.id = run_value.key ORDER BY source, name')
      .all()
    database.close()
    return rows.map(({ source, name, value }) => [source, name, value instanceof Uint8Array ? value.length : value])
  }
  await put('{"lr":{"value":0.1},"_wandb":{"value":{"t":1}}}', '{"a.b":{"c":null},"d":[1,2],"e":NaN,"f":true}')
  expect(readIndex()).toEqual([
    [0, 'lr', 0.1],
    [1, 'a\\.b', 17],
    [1, 'a\\.b.c', null],
    [1, 'd', 17],
    [1, 'e', 1],
    [1, 'f', 1],
  ])
  // SQLite and JavaScript call the two equal.
  await put('{"lr":{"value":-0.0}}', '{}')
  expect(readIndex()).toEqual([[0, 'lr', -0]])
  await put('{"lr":{"value":0}}', '{}')
  expect(readIndex()).toEqual([[0, 'lr', 0]])
  const run = await put('{"lr":{"value":0.2}}', '{"d":"text"}')
  expect(readIndex()).toEqual([
    [0, 'lr', 0.2],
    [1, 'd', 'text'],
  ])
  await store.write([{ kind: 'delete-run', run }])
  expect(readIndex()).toEqual([])
})
