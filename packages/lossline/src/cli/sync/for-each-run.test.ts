import { expect, test } from 'vitest'
import { forEachRun } from './for-each-run.ts'

test('works on so many at a time, in their order', async () => {
  const begun: number[] = []
  let [runningCount, runningCountMax] = [0, 0]
  await forEachRun([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item)
    runningCount += 1
    runningCountMax = Math.max(runningCountMax, runningCount)
    await new Promise((resolve) => setImmediate(resolve))
    runningCount -= 1
  })
  expect({ begun, runningCount, runningCountMax }).toEqual({
    begun: [1, 2, 3, 4, 5],
    runningCount: 0,
    runningCountMax: 2,
  })
})

test('a failure while the next item is awaited ends it, is thrown, and leaves nobody at work', async () => {
  const { promise: found, resolve: find } = Promise.withResolvers<void>()
  const { promise: release, resolve: letGo } = Promise.withResolvers<void>()
  const begun: string[] = []
  let isOver = false
  async function* items() {
    yield 'slow'
    yield 'failing'
    // Here nobody looks at those that are running.
    await found
    yield 'late'
  }
  const working = forEachRun(items(), 9, async (item) => {
    begun.push(item)
    if (item === 'failing') throw new Error('broken')
    await release
    isOver = true
  })
  const outcome = expect(working).rejects.toThrow('broken')
  // A rejection that nobody handles would fail the test run.
  await new Promise((resolve) => setImmediate(resolve))
  find()
  letGo()
  await outcome
  expect({ begun, isOver }).toEqual({ begun: ['slow', 'failing'], isOver: true })
})

test('when the items themselves fail, those at work are waited for', async () => {
  let isOver = false
  async function* items() {
    yield 1
    throw new Error('no more')
  }
  const work = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve))
    isOver = true
  }
  await expect(forEachRun(items(), 9, work)).rejects.toThrow('no more')
  expect(isOver).toBe(true)
})
