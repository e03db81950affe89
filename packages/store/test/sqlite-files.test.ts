import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { createFakeClock, openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { toRowGroup } from '../src/conformance/plain-rows.ts'
import { openSqliteStore, type Store } from '../src/index.ts'

const nowMs = Date.UTC(2026, 0, 1)
const at = { entity: 'e', project: 'p', runId: 'r' }

async function putRun(store: Store, state: 'running' | 'finished' = 'running'): Promise<number> {
  const [{ run }] = await store.write([{ kind: 'put-run', at, nowMs, change: { state } }])
  return run.id
}

async function appendLoss(store: Store, run: number, lineOffset: number, rowCount: number): Promise<void> {
  const rows = Array.from({ length: rowCount }, (_, row) => ({
    step: lineOffset + row,
    values: { loss: Math.sin(lineOffset + row) },
  }))
  await store.write([{ kind: 'append-rows', run, stream: 'history', lineOffset, rows: toRowGroup(rows), nowMs }])
}

/** Looks into the file beside the store. */
function count(file: string, table: 'tail' | 'chunk' | 'rollup' | 'key'): number {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count)
  } finally {
    database.close()
  }
}

const nextTurns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('files of other kinds', () => {
  test('text is not a database', async () => {
    await using directory = await openTemporaryDirectory()
    writeFileSync(directory.join('store.db'), 'This is not a database. '.repeat(100))
    await expect(openSqliteStore({ path: directory.join('store.db') })).rejects.toMatchObject({ code: 'corrupt' })
  })

  test("another program's database is left alone", async () => {
    await using directory = await openTemporaryDirectory()
    const database = new DatabaseSync(directory.join('store.db'))
    database.exec('CREATE TABLE theirs (x)')
    database.close()
    await expect(openSqliteStore({ path: directory.join('store.db') })).rejects.toMatchObject({ code: 'corrupt' })
  })

  test('a database of a later release is not touched', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('store.db')
    await (await openSqliteStore({ path })).close()
    const database = new DatabaseSync(path)
    database.exec('PRAGMA user_version = 99')
    database.close()
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: 'newer-version' })
  })

  test('a folder that does not exist is unavailable', async () => {
    await using directory = await openTemporaryDirectory()
    await expect(openSqliteStore({ path: directory.join('none', 'store.db') })).rejects.toMatchObject({
      code: 'unavailable',
    })
  })

  test('points that do not decode are corrupt, and only they', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('store.db')
    await using store = await openSqliteStore({ path })
    const run = await putRun(store)
    await appendLoss(store, run, 0, 500)
    await store.compact({ all: true })
    const database = new DatabaseSync(path)
    database.exec("UPDATE chunk SET points = x'00112233'")
    database.close()
    await expect(store.column({ run, key: 'loss' })).rejects.toMatchObject({ code: 'corrupt' })
    expect(await store.runById(run)).toMatchObject({ historyLineCount: 500 })
  })
})

describe('locks and limits', () => {
  test('a write that another connection keeps out is refused as locked, and works later', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('store.db')
    await using store = await openSqliteStore({ path, busyTimeoutMs: 10 })
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    await expect(putRun(store)).rejects.toMatchObject({ code: 'locked' })
    other.exec('ROLLBACK')
    other.close()
    await putRun(store)
  })

  test('two stores of one file see and respect each other', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('store.db')
    await using first = await openSqliteStore({ path })
    await using second = await openSqliteStore({ path })
    const run = await putRun(first)
    await appendLoss(first, run, 0, 10)
    await appendLoss(second, run, 5, 10)
    await first.compact({ all: true })
    await appendLoss(second, run, 15, 5)
    expect((await first.column({ run, key: 'loss' })).steps.length).toBe(20)
  })

  test('a full database refuses, keeps what it has, and goes on when there is room', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('store.db')
    let writtenCount = 0
    {
      await using store = await openSqliteStore({ path, fileBytesMax: 600_000, groupCommitMs: 0 })
      const run = await putRun(store)
      const fill = async (): Promise<void> => {
        for (;;) {
          await appendLoss(store, run, writtenCount, 1000)
          writtenCount += 1000
        }
      }
      await expect(fill()).rejects.toMatchObject({ code: 'full' })
      expect((await store.column({ run, key: 'loss' })).steps.length).toBe(writtenCount)
    }
    expect(writtenCount).toBeGreaterThan(1000)
    await using store = await openSqliteStore({ path })
    const run = (await store.run(at))!.id
    await appendLoss(store, run, writtenCount, 1000)
    await store.compact({ all: true })
    expect((await store.column({ run, key: 'loss' })).steps.length).toBe(writtenCount + 1000)
  })
})

test('of calls that share a transaction on a full database, none is half done and none lies', async () => {
  await using directory = await openTemporaryDirectory()
  const path = directory.join('store.db')
  await using store = await openSqliteStore({ path, fileBytesMax: 600_000, groupCommitMs: 0 })
  const run = await putRun(store)
  const put = (runId: string) => store.write([{ kind: 'put-run', at: { ...at, runId }, nowMs, change: {} }])
  const outcomes = await Promise.allSettled([put('before'), appendLoss(store, run, 0, 50_000), put('after')])
  expect(outcomes[1]).toMatchObject({ status: 'rejected', reason: { code: 'full' } })
  for (const [index, runId] of ['before', undefined, 'after'].entries()) {
    if (runId === undefined) continue
    const isThere = (await store.run({ ...at, runId })) !== undefined
    expect(isThere, runId).toBe(outcomes[index]?.status === 'fulfilled')
  }
  await put('later')
})

test('a project that is deleted takes the names of its keys along at once, and those of others stay', async () => {
  await using directory = await openTemporaryDirectory()
  const path = directory.join('store.db')
  await using store = await openSqliteStore({ path })
  const run = await putRun(store, 'finished')
  const elsewhere = { ...at, project: 'other' }
  await store.write([
    { kind: 'put-run', at, nowMs, change: { config: '{"lr":{"value":1}}' } },
    { kind: 'put-run', at: elsewhere, nowMs, change: { config: '{"lr":{"value":2}}' } },
  ])
  await appendLoss(store, run, 0, 10)
  const { id: project } = (await store.project('e', 'p'))!
  expect(count(path, 'key')).toBe(3)
  await store.write([{ kind: 'delete-project', project, liveSinceMs: nowMs + 1, nowMs }])
  expect(count(path, 'key')).toBe(1)
  // The tail of the run, which goes later, still holds numbers of keys.
  await store.compact({ all: true })
  await store.write([{ kind: 'delete-run', run }])
  const fresh = await putRun(store)
  await appendLoss(store, fresh, 0, 3)
  expect((await store.metricKeys({ entity: 'e', project: 'p' })).map(({ key }) => key)).toEqual(['loss'])
  expect(await store.rows({ run: fresh })).toHaveLength(3)
})

describe('compaction by itself', () => {
  test('comes with 4,096 rows in the tail', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('store.db')
    await using store = await openSqliteStore({ path, groupCommitMs: 0 })
    const run = await putRun(store)
    await appendLoss(store, run, 0, 4095)
    await nextTurns()
    expect(count(path, 'chunk')).toBe(0)
    await appendLoss(store, run, 4095, 1)
    await nextTurns()
    expect([count(path, 'chunk'), count(path, 'rollup'), count(path, 'tail')]).toEqual([1, 1, 0])
  })

  test('comes when the run ends', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('store.db')
    await using store = await openSqliteStore({ path, groupCommitMs: 0 })
    const run = await putRun(store)
    await appendLoss(store, run, 0, 10)
    await nextTurns()
    expect(count(path, 'tail')).toBe(1)
    await putRun(store, 'finished')
    await nextTurns()
    expect([count(path, 'chunk'), count(path, 'tail')]).toEqual([1, 0])
  })

  test('comes after 60 quiet seconds, also for what an earlier process left', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('store.db')
    {
      await using store = await openSqliteStore({ path })
      await appendLoss(store, await putRun(store), 0, 10)
    }
    const clock = createFakeClock()
    await using store = await openSqliteStore({ path, clock })
    const run = (await store.run(at))!.id
    await clock.advance(50_000)
    await appendLoss(store, run, 10, 10)
    await clock.advance(50_000)
    await nextTurns()
    expect(count(path, 'tail')).toBe(2)
    await clock.advance(20_000)
    await nextTurns()
    expect([count(path, 'chunk'), count(path, 'tail')]).toEqual([1, 0])
  })

  test('fills up the last chunk, so that a slow run does not end in crumbs', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('store.db')
    await using store = await openSqliteStore({ path, groupCommitMs: 0 })
    const run = await putRun(store)
    for (let batch = 0; batch < 60; batch++) {
      await appendLoss(store, run, batch * 100, 100)
      await store.compact({ all: true })
    }
    expect([count(path, 'chunk'), count(path, 'rollup')]).toEqual([2, 2])
    const { steps, values } = await store.column({ run, key: 'loss' })
    expect(steps.length).toBe(6000)
    expect(values.every((value, step) => value === Math.sin(step))).toBe(true)
  })
})
