import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openSqliteStore } from '../src/index.ts'

const child = new URL('./crash-child.ts', import.meta.url)

/** Every acknowledged row is there once, with all of its values, and of the rest whole batches or nothing. */
async function checkStore(path: string, acknowledgedCount: number): Promise<void> {
  await using store = await openSqliteStore({ path })
  const run = await store.run({ entity: 'e', project: 'p', runId: 'r' })
  if (run === undefined) return expect(acknowledgedCount).toBe(0)
  const rowCount = run.historyLineCount
  expect(rowCount).toBeGreaterThanOrEqual(acknowledgedCount)
  expect(rowCount % 150).toBe(0)
  const expected = Float64Array.from({ length: rowCount }, (_, row) => row)
  const query = { run: run.id }
  expect(await store.column({ ...query, key: 'a' })).toEqual({ steps: expected, values: expected })
  expect((await store.column({ ...query, key: 'b' })).steps).toEqual(expected)
  const notes = await store.rows({ ...query, keys: ['note'] })
  expect(notes.map((row) => row.values.get('note'))).toEqual(
    [...expected].filter((row) => row % 50 === 0).map((row) => `"${row}"`),
  )
  const grid = { from: 0, to: Math.max(1, rowCount), count: 7 }
  expect((await store.buckets({ ...query, key: 'a', grid })).pointCount).toBe(rowCount)
}

const lastAcknowledged = (output: string): number =>
  Number([...output.matchAll(/acknowledged (\d+)\n/g)].at(-1)?.[1] ?? 0)

test('killed at random moments, again and again: nothing acknowledged is lost', { timeout: 120_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const path = directory.join('store.db')
  const delaysMs = fc.sample(fc.integer({ min: 0, max: 60 }), 8)
  let acknowledgedCount = 0
  for (const delayMs of delaysMs) {
    await using writer = await spawnScript(child, { args: [path] })
    await writer.waitForOutput(/acknowledged/)
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    writer.send('SIGKILL')
    await writer.exited
    acknowledgedCount = Math.max(acknowledgedCount, lastAcknowledged(writer.stdout))
    await checkStore(path, acknowledgedCount)
  }
  expect(acknowledgedCount).toBeGreaterThan(0)
})

// The first statements make the schema; from about 20 on come runs and rows, from about 90 on compactions. Another
// LOSSLINE_SEED takes others, LOSSLINE_EVERY_STATEMENT=1 takes them all.
const statementCount = 260
const positions =
  process.env.LOSSLINE_EVERY_STATEMENT === '1'
    ? Array.from({ length: statementCount }, (_, index) => index + 1)
    : [1, 3, 6, 9, 12, ...fc.sample(fc.integer({ min: 13, max: statementCount }), 9)]

test('killed between two statements: it opens again with all that was acknowledged', { timeout: 600_000 }, async () => {
  for (const killAt of positions) {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('store.db')
    await using writer = await spawnScript(child, { args: [path], env: { KILL_AT: String(killAt) } })
    expect(await writer.exited, `statement ${killAt}`).toMatchObject({ signal: 'SIGKILL' })
    await checkStore(path, lastAcknowledged(writer.stdout))
  }
})
