import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HistoryRow, Store } from '../store.ts'
import { exampleCount } from './example-count.ts'
import { createPlainStream, type PlainRow, toRowGroup } from './plain-rows.ts'
import { at, type CreateStorePlace, nowMs, openTestStore, type TestStore } from './store-place.ts'

const rowsFrom = (first: number, count: number): PlainRow[] =>
  Array.from({ length: count }, (_, index) => ({ step: first + index, values: { loss: first + index } }))

const steps = (rows: readonly HistoryRow[]): number[] => rows.map((row) => row.step)

async function createRun(store: Store, runId: string): Promise<number> {
  const [{ run }] = await store.write([{ kind: 'put-run', at: at(runId), nowMs, change: {} }])
  return run.id
}

/** Several writers of a run, histories that branch off or are taken back, alerts. */
export function describeLife(createPlace: CreateStorePlace): void {
  describe('several writers', () => {
    const append = (test: TestStore, writer: string, lineOffset: number, rows: PlainRow[], assignsSteps = false) =>
      test.store.write([
        {
          kind: 'append-rows',
          run: test.run,
          stream: 'history',
          lineOffset,
          rows: toRowGroup(rows),
          nowMs,
          writer,
          assignsSteps,
        },
      ])

    test('append behind each other, and a retry of each is harmless', async () => {
      await using test = await openTestStore(createPlace)
      expect(await append(test, 'a', 0, rowsFrom(0, 3))).toEqual([{ appendedRowCount: 3, lineCount: 3 }])
      expect(await append(test, 'b', 0, rowsFrom(10, 2))).toEqual([{ appendedRowCount: 2, lineCount: 5 }])
      await test.reopen()
      expect(await append(test, 'a', 1, rowsFrom(1, 4))).toEqual([{ appendedRowCount: 2, lineCount: 7 }])
      expect(await append(test, 'b', 0, rowsFrom(10, 2))).toEqual([{ appendedRowCount: 0, lineCount: 7 }])
      const count = (writer: string) => test.store.writerLineCount({ run: test.run, stream: 'history', writer })
      expect([await count('a'), await count('b'), await count('c')]).toEqual([5, 2, 0])
      expect(steps(await test.store.rows({ run: test.run }))).toEqual([0, 1, 2, 3, 4, 10, 11])
    })

    test('get their steps in the order of arrival when they have none', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 'a', 0, rowsFrom(100, 2), true)
      await append(test, 'b', 0, rowsFrom(200, 1), true)
      await append(test, 'a', 1, rowsFrom(101, 2), true)
      const { values, steps } = await test.store.column({ run: test.run, key: 'loss' })
      expect([...steps]).toEqual([0, 1, 2, 3])
      expect([...values]).toEqual([100, 101, 200, 102])
      expect((await test.store.runById(test.run))?.lastStep).toBe(3)
    })

    test('their console lines keep their places, and each changes its own', async () => {
      await using test = await openTestStore(createPlace)
      const put = (writer: string, lineOffset: number, ...lines: string[]) =>
        test.store.write([{ kind: 'put-lines', run: test.run, lineOffset, lines, nowMs, writer }])
      await put('a', 0, 'a0', 'a1: 50 %')
      await put('b', 0, 'b0')
      await put('a', 1, 'a1: 100 %', 'a2')
      await put('b', 1, 'b1', 'b2')
      await put('b', 0, 'b0!', 'b1!')
      await put('a', 5, 'a5')
      await test.reopen()
      const lines = await test.store.lines({ run: test.run, from: 0, limit: 99 })
      expect(lines.map(({ text }) => text)).toEqual(['a0', 'a1: 100 %', 'b0!', 'a2', 'b1!', 'b2', 'a5'])
      expect((await test.store.runById(test.run))?.logLineCount).toBe(7)
    })
  })

  describe('histories', () => {
    test('a copy has the rows up to a step, and goes on by itself', async () => {
      await using test = await openTestStore(createPlace)
      await appendTo(test.store, test.run, 0, rowsFrom(0, 10))
      const child = await createRun(test.store, 'child')
      expect(
        await test.store.write([
          { kind: 'copy-history', from: test.run, to: at('child'), throughStep: 5, nowMs: nowMs + 1 },
        ]),
      ).toEqual([{ lineCount: 6 }])
      await appendTo(test.store, child, 6, [{ step: 6, values: { loss: -6 } }])
      await test.reopen()
      expect(await test.store.runById(child)).toMatchObject({ historyLineCount: 7, lastStep: 6 })
      expect([...(await test.store.column({ run: child, key: 'loss' })).values]).toEqual([0, 1, 2, 3, 4, 5, -6])
      expect(steps(await test.store.rows({ run: test.run }))).toHaveLength(10)
      const again = test.store.write([{ kind: 'copy-history', from: test.run, to: at('child'), throughStep: 5, nowMs }])
      await expect(again).rejects.toMatchObject({ code: 'conflict' })
      const missing = test.store.write([{ kind: 'copy-history', from: 999, to: at('child'), throughStep: 5, nowMs }])
      await expect(missing).rejects.toMatchObject({ code: 'not-found' })
    })

    test('one that is taken back has lost what came after, also events and console', async () => {
      await using test = await openTestStore(createPlace)
      await appendTo(test.store, test.run, 0, rowsFrom(0, 10))
      await test.store.write([
        {
          kind: 'append-rows',
          run: test.run,
          stream: 'events',
          lineOffset: 0,
          rows: toRowGroup(rowsFrom(0, 2)),
          nowMs,
        },
        { kind: 'put-lines', run: test.run, lineOffset: 0, lines: ['hello'], nowMs },
      ])
      const before = await test.store.runById(test.run)
      expect(await test.store.write([{ kind: 'cut-history', run: test.run, throughStep: 3, nowMs }])).toEqual([
        { lineCount: 4 },
      ])
      await test.reopen()
      const after = await test.store.runById(test.run)
      expect(after).toMatchObject({ historyLineCount: 4, lastStep: 3, eventsLineCount: 0, logLineCount: 0 })
      expect(after!.historyRevision).toBeGreaterThan(before!.historyRevision)
      expect(await test.store.rows({ run: test.run, stream: 'events' })).toEqual([])
      expect(await test.store.lines({ run: test.run, from: 0, limit: 9 })).toEqual([])
      await appendTo(test.store, test.run, 4, [{ step: 4, values: { loss: -4 } }])
      expect([...(await test.store.column({ run: test.run, key: 'loss' })).values]).toEqual([0, 1, 2, 3, -4])
      await test.store.write([{ kind: 'cut-history', run: test.run, throughStep: -1, nowMs }])
      expect(await test.store.runById(test.run)).toMatchObject({ historyLineCount: 0, lastStep: undefined })
      expect(await test.store.metricKeys({ entity: 'e', project: 'p' })).toEqual([])
    })

    const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(Number.NaN))
    const row = fc.record({
      step: fc.nat(12),
      values: fc.record({ loss: value, mixed: fc.oneof(value, fc.constant('"text"')), note: fc.constant('"n"') }),
    })
    const part = fc.record({ rows: fc.array(row, { minLength: 1, maxLength: 8 }), isCompacted: fc.boolean() })

    test(
      'both answer like plain rows, whatever was logged again and whatever was compacted',
      { timeout: 600_000 },
      () =>
        fc.assert(
          fc.asyncProperty(
            fc.array(part, { maxLength: 5 }),
            fc.integer({ min: -1, max: 13 }),
            fc.array(part, { maxLength: 2 }),
            async (before, throughStep, later) => {
              await using test = await openTestStore(createPlace)
              const child = await createRun(test.store, 'child')
              const whole = createPlainStream()
              const kept = createPlainStream()
              const appendParts = async (run: number, parts: typeof before, ...oracles: (typeof whole)[]) => {
                for (const { rows, isCompacted } of parts) {
                  const { historyLineCount } = (await test.store.runById(run))!
                  await appendTo(test.store, run, historyLineCount, rows)
                  for (const oracle of oracles) oracle.append(oracle.lineCount, rows)
                  if (isCompacted) await test.store.compact({ all: true })
                }
              }
              await appendParts(test.run, before, whole)
              kept.append(
                0,
                before.flatMap(({ rows }) => rows).filter((one) => one.step <= throughStep),
              )
              await test.store.write([{ kind: 'copy-history', from: test.run, to: at('child'), throughStep, nowMs }])
              expect(await test.store.rows({ run: test.run })).toEqual(whole.rows())
              await test.store.write([{ kind: 'cut-history', run: test.run, throughStep, nowMs }])
              for (const run of [child, test.run]) {
                expect(await test.store.rows({ run })).toEqual(kept.rows())
                expect((await test.store.runById(run))?.lastStep).toBe(kept.rows().at(-1)?.step)
              }
              await appendParts(test.run, later, kept)
              await appendParts(child, later)
              for (const run of [child, test.run]) expect(await test.store.rows({ run })).toEqual(kept.rows())
            },
          ),
          { numRuns: exampleCount(25) },
        ),
    )

    test('of many chunks, those before the step are there and one is cut', async () => {
      await using test = await openTestStore(createPlace)
      await appendTo(test.store, test.run, 0, rowsFrom(0, 10_000))
      await test.store.compact({ all: true })
      const child = await createRun(test.store, 'child')
      await test.store.write([{ kind: 'copy-history', from: test.run, to: at('child'), throughStep: 5_000, nowMs }])
      const { steps } = await test.store.column({ run: child, key: 'loss' })
      expect(steps).toEqual(Float64Array.from({ length: 5_001 }, (_, step) => step))
      const grid = { from: 0, to: 10_000, count: 10 }
      const buckets = await test.store.buckets({ run: child, key: 'loss', grid })
      expect([...buckets.last]).toEqual([999, 1999, 2999, 3999, 4999, 5000])
    })
  })

  describe('alerts', () => {
    test('come newest first, and one that was just said is not said again', async () => {
      await using test = await openTestStore(createPlace)
      const other = await createRun(test.store, 'other')
      const put = async (run: number, title: string, timeMs: number) => {
        const alert = { kind: 'put-alert', run, level: 'warn', title, text: `${title}!`, quietMs: 60_000 } as const
        const [{ isKept }] = await test.store.write([{ ...alert, nowMs: timeMs }])
        return isKept
      }
      expect(await put(test.run, 'loss is NaN', nowMs)).toBe(true)
      expect(await put(test.run, 'loss is NaN', nowMs + 59_999)).toBe(false)
      expect(await put(test.run, 'disk is full', nowMs + 59_999)).toBe(true)
      expect(await put(test.run, 'loss is NaN', nowMs + 60_000)).toBe(true)
      expect(await put(other, 'loss is NaN', nowMs + 60_001)).toBe(true)
      await test.reopen()
      const ofRun = await test.store.alerts({ run: test.run, limit: 2 })
      expect(ofRun).toMatchObject([
        { run: test.run, createdAtMs: nowMs + 60_000, level: 'warn', title: 'loss is NaN', text: 'loss is NaN!' },
        { title: 'disk is full' },
      ])
      expect((await test.store.alerts({ limit: 9 })).map((one) => one.run)).toEqual([
        other,
        test.run,
        test.run,
        test.run,
      ])
      expect([await test.store.countAlerts(test.run), await test.store.countAlerts(other)]).toEqual([3, 1])
      await test.store.write([{ kind: 'delete-run', run: test.run }])
      expect(await test.store.alerts({ limit: 9 })).toHaveLength(1)
      expect(await test.store.countAlerts(test.run)).toBe(0)
    })
  })
}

async function appendTo(store: Store, run: number, lineOffset: number, rows: readonly PlainRow[]): Promise<void> {
  await store.write([{ kind: 'append-rows', run, stream: 'history', lineOffset, rows: toRowGroup(rows), nowMs }])
}
