import { openSqliteStore } from '@lossline/store'
import { expect, test } from 'vitest'
import { createLoadPoints } from './load-points.ts'

const at = { entity: 'e', project: 'p', runId: 'r' }
const keys = ['a', 'b'] as const

/** Loads four points of a key each time, and notes which keys were read; keeps up to twelve. */
async function openRun() {
  const store = await openSqliteStore({ path: ':memory:' })
  const put = { kind: 'put-run', at, nowMs: 1, change: {} } as const
  const [{ run }] = await store.write([put])
  const rows = {
    rowCount: 4,
    steps: Float64Array.of(0, 1, 2, 3),
    numbers: keys.map((key) => ({
      key,
      rowIndexes: Uint32Array.of(0, 1, 2, 3),
      values: Float64Array.of(1, 2, 3, 4),
    })),
    others: [],
  }
  await store.write([{ kind: 'append-rows', run: run.id, stream: 'history', lineOffset: 0, rows, nowMs: 1 }])
  const reads: string[] = []
  let isBroken = false
  const loadPoints = createLoadPoints(
    {
      ...store,
      column: (query) => {
        reads.push(query.key)
        return isBroken ? Promise.reject(new Error('broken')) : store.column(query)
      },
    },
    12,
  )
  return {
    reads,
    setBroken: (value: boolean) => {
      isBroken = value
    },
    load: async (key: (typeof keys)[number], scale: 'linear' | 'log' = 'linear') => [
      ...(await loadPoints({ run, stream: 'history', key, x: { kind: 'step' }, scale })).y,
    ],
    [Symbol.asyncDispose]: () => store.close(),
  }
}

test('two who ask at once for the same points wait for one reading, and the points count once', async () => {
  await using run = await openRun()
  const both = await Promise.all([run.load('a'), run.load('a')])
  expect(both).toEqual([
    [1, 2, 3, 4],
    [1, 2, 3, 4],
  ])
  expect(run.reads).toEqual(['a'])
  // Three series are just as many points as are kept; were the first counted twice, it would have had to go.
  for (const [key, scale] of [['b'], ['b', 'log'], ['a']] as const) await run.load(key, scale)
  expect(run.reads).toEqual(['a', 'b', 'b'])
  await run.load('a', 'log')
  await run.load('b')
  expect(run.reads).toEqual(['a', 'b', 'b', 'a', 'b'])
})

test('a reading that failed is not kept', async () => {
  await using run = await openRun()
  run.setBroken(true)
  for (const outcome of await Promise.allSettled([run.load('a'), run.load('a')]))
    expect(outcome.status).toBe('rejected')
  run.setBroken(false)
  expect(await run.load('a')).toEqual([1, 2, 3, 4])
})
