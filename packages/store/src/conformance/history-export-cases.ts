import { describe, expect, test } from 'vitest'
import type { PutHistoryExportWrite } from '../store.ts'
import { toRowGroup } from './plain-rows.ts'
import { type CreateStorePlace, nowMs, openTestStore, type TestStore } from './store-place.ts'

const append = (test: TestStore, lineOffset: number, ...steps: number[]) =>
  test.store.write([
    {
      kind: 'append-rows',
      run: test.run,
      stream: 'history',
      lineOffset,
      rows: toRowGroup(steps.map((step) => ({ step, values: { loss: step } }))),
      nowMs,
    },
  ])

async function put(test: TestStore, change: Partial<PutHistoryExportWrite> & { readonly throughStep: number }) {
  const { historyRevision } = (await test.store.runById(test.run))!
  const [{ isKept }] = await test.store.write([
    {
      kind: 'put-history-export',
      run: test.run,
      part: 0,
      rowCount: 1,
      sha256: 'a'.repeat(64),
      sizeBytes: 10,
      historyRevision,
      ...change,
    },
  ])
  return isKept
}

const staleParts = async (test: TestStore): Promise<boolean[]> =>
  (await test.store.historyExports(test.run)).map(({ isStale }) => isStale)

/** What is noted of exported histories. */
export function describeHistoryExports(createPlace: CreateStorePlace): void {
  describe('exports of a history', () => {
    test('are kept by part, and a part can be replaced', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, 0, 5, 10)
      expect(await put(test, { throughStep: 5, rowCount: 2 })).toBe(true)
      expect(await put(test, { part: 1, throughStep: 10 })).toBe(true)
      expect(await put(test, { throughStep: 5, rowCount: 2, sha256: 'b'.repeat(64), sizeBytes: 11 })).toBe(true)
      await test.reopen()
      expect(await test.store.historyExports(test.run)).toEqual([
        { part: 0, throughStep: 5, rowCount: 2, sha256: 'b'.repeat(64), sizeBytes: 11, isStale: false },
        { part: 1, throughStep: 10, rowCount: 1, sha256: 'a'.repeat(64), sizeBytes: 10, isStale: false },
      ])
    })

    test('are not kept when the history has changed meanwhile', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, 0)
      const { historyRevision } = (await test.store.runById(test.run))!
      await append(test, 1, 1)
      expect(await put(test, { throughStep: 0, historyRevision })).toBe(false)
      expect(await test.store.historyExports(test.run)).toEqual([])
    })

    test('are stale when rows come for their steps, and not by what comes after them', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, 0, 5, 10)
      await put(test, { throughStep: 5 })
      await put(test, { part: 1, throughStep: 10 })
      await append(test, 3, 11, 12)
      expect(await staleParts(test)).toEqual([false, false])
      await append(test, 5, 13, 7)
      expect(await staleParts(test)).toEqual([false, true])
      await append(test, 7, 5)
      expect(await staleParts(test)).toEqual([true, true])
    })

    test('are stale when their rows are taken back, and gone with the run', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, 0, 5, 10)
      await put(test, { throughStep: 5 })
      await put(test, { part: 1, throughStep: 10 })
      await test.store.write([{ kind: 'cut-history', run: test.run, throughStep: 5, nowMs }])
      expect(await staleParts(test)).toEqual([false, true])
      await test.store.write([{ kind: 'delete-run', run: test.run }])
      expect(await test.store.historyExports(test.run)).toEqual([])
    })
  })
}
