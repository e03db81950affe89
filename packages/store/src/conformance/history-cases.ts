import { describe, expect, test } from 'vitest'
import type { HistoryRow, Stream } from '../store.ts'
import { type PlainRow, toRowGroup } from './plain-rows.ts'
import { type CreateStorePlace, nowMs, openTestStore, type TestStore } from './store-place.ts'

const append = async (test: TestStore, lineOffset: number, rows: readonly PlainRow[], stream: Stream = 'history') => {
  const [result] = await test.store.write([
    { kind: 'append-rows', run: test.run, stream, lineOffset, rows: toRowGroup(rows), nowMs },
  ])
  return result
}

const loss = (...steps: number[]): PlainRow[] => steps.map((step) => ({ step, values: { loss: step / 10 } }))

/** Appending rows and the plain questions about them. */
export function describeHistory(createPlace: CreateStorePlace): void {
  describe('sampleRows', () => {
    const rows = Array.from({ length: 9000 }, (_, step): PlainRow => ({ step, values: { a: step / 3, b: -step } }))

    const steps = (found: readonly HistoryRow[]) => found.map(({ step }) => step)

    test('of a long history moves rows to where they cost less, but the first and the last', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, rows.slice(0, 8500))
      await test.store.compact({ all: true })
      await append(test, 8500, rows.slice(8500))
      const found = await test.store.sampleRows({ run: test.run, count: 5 })
      expect(found.map(({ step, values }) => [step, ...values])).toEqual(
        [0, 2240, 4480, 6720, 8999].map((step) => [step, ['a', String(step / 3)], ['b', `-${step}`]]),
      )
      expect(steps(await test.store.sampleRows({ run: test.run, count: 1 }))).toEqual([8999])
      expect(await test.store.sampleRows({ run: test.run, count: 0 })).toEqual([])
    })

    test('takes rows in a range, with the keys that are asked for or with none', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, rows)
      await test.store.compact({ all: true })
      const near = { run: test.run, fromStep: 4090, toStep: 4100, count: 3 }
      expect(await test.store.sampleRows({ ...near, keys: ['b'] })).toEqual(
        [4090, 4095, 4100].map((step) => ({ step, values: new Map([['b', `-${step}`]]) })),
      )
      expect(await test.store.sampleRows({ ...near, keys: [] })).toEqual(
        [4090, 4095, 4100].map((step) => ({ step, values: new Map() })),
      )
      expect(await test.store.sampleRows({ ...near, keys: ['b', 'never'] })).toEqual([])
    })

    test('finds steps between those of a key that has every whole one', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, [
        ...rows.slice(0, 100),
        ...[1, 2.5, 7, 8].map((step): PlainRow => ({ step, values: { c: step } })),
      ])
      await test.store.compact({ all: true })
      const found = await test.store.sampleRows({ run: test.run, count: 1000 })
      expect(steps(found)).toEqual([0, 1, 2, 2.5, ...rows.slice(3, 100).map(({ step }) => step)])
      const both = await test.store.sampleRows({ run: test.run, keys: ['c', 'a'], count: 1000 })
      expect(steps(both)).toEqual([1, 7, 8])
    })

    test('tells what was logged again, and what was replaced by something that is no number', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, rows.slice(0, 5000))
      await test.store.compact({ all: true })
      await append(test, 5000, [
        { step: 0, values: { a: 1, b: '"x"' } },
        { step: 4999, values: { a: Number.NaN } },
      ])
      for (const _ of ['in the tail', 'compacted']) {
        const found = await test.store.sampleRows({ run: test.run, count: 2 })
        expect(found.map(({ step, values }) => [step, ...values])).toEqual([
          [0, ['a', '1'], ['b', '"x"']],
          [4999, ['a', 'NaN'], ['b', '-4999']],
        ])
        await test.store.compact({ all: true })
      }
    })

    test('goes on when rows are compacted meanwhile', async () => {
      await using test = await openTestStore(createPlace)
      const wide = (from: number, count: number): PlainRow[] =>
        Array.from({ length: count }, (_, row) => {
          const step = from + 2 * row + (row % 2)
          return { step, values: Object.fromEntries(Array.from({ length: 100 }, (_, key) => [`k${key}`, step + key])) }
        })
      await append(test, 0, wide(0, 1000))
      await test.store.compact({ all: true })
      await append(test, 1000, wide(2000, 1000))
      const sampled = test.store.sampleRows({ run: test.run, count: 500 })
      let isDone = false
      void sampled.finally(() => {
        isDone = true
      })
      for (let line = 2000; !isDone; line += 10) {
        await append(test, line, wide(2 * line, 10))
        await test.store.compact({ all: true })
      }
      const found = await sampled
      expect(found).toHaveLength(500)
      for (const { step, values } of found) {
        const expected = [...values.keys()].map((key) => [key, String(step + Number(key.slice(1)))])
        expect([values.size, ...values]).toEqual([100, ...expected])
      }
    })
  })

  describe('append-rows', () => {
    test('counts lines, steps and revisions', async () => {
      await using test = await openTestStore(createPlace)
      const before = (await test.store.runById(test.run))!
      expect(await append(test, 0, loss(0, 9, 4))).toEqual({ appendedRowCount: 3, lineCount: 3 })
      const after = (await test.store.runById(test.run))!
      expect(after).toMatchObject({ historyLineCount: 3, eventsLineCount: 0, lastStep: 9 })
      expect(after.revision).toBeGreaterThan(before.revision)
      expect(after.historyRevision).toBeGreaterThan(before.historyRevision)
    })

    test('lines that are there already are left out', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, loss(0, 1, 2))
      const before = await test.store.runById(test.run)
      expect(await append(test, 0, loss(50, 51, 52))).toEqual({ appendedRowCount: 0, lineCount: 3 })
      expect(await test.store.runById(test.run)).toEqual(before)
      await test.store.compact({ all: true })
      expect(await append(test, 1, loss(50, 51, 3, 4))).toEqual({ appendedRowCount: 2, lineCount: 5 })
      expect([...(await test.store.column({ run: test.run, key: 'loss' })).steps]).toEqual([0, 1, 2, 3, 4])
    })

    test('line numbers may have gaps, and what comes late for a gap counts as had', async () => {
      await using test = await openTestStore(createPlace)
      expect(await append(test, 10, loss(1))).toEqual({ appendedRowCount: 1, lineCount: 11 })
      expect(await append(test, 3, loss(2))).toEqual({ appendedRowCount: 0, lineCount: 11 })
      expect(await append(test, 20, loss(3))).toEqual({ appendedRowCount: 1, lineCount: 21 })
      expect([...(await test.store.column({ run: test.run, key: 'loss' })).steps]).toEqual([1, 3])
    })

    test('events have lines of their own, and their line number is their step', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, loss(5))
      await append(
        test,
        4,
        [
          { step: 99, values: { 'system.cpu': 1 } },
          { step: 98, values: { 'system.cpu': 2 } },
        ],
        'events',
      )
      await test.store.compact({ all: true })
      await append(test, 6, [{ step: 0, values: { 'system.cpu': 3, name: '"x"' } }], 'events')
      const query = { run: test.run, stream: 'events' } as const
      expect(await test.store.column({ ...query, key: 'system.cpu' })).toEqual({
        steps: Float64Array.of(4, 5, 6),
        values: Float64Array.of(1, 2, 3),
      })
      expect((await test.store.rows(query)).map((row) => row.step)).toEqual([4, 5, 6])
      expect(await test.store.runById(test.run)).toMatchObject({ historyLineCount: 1, eventsLineCount: 7, lastStep: 5 })
      expect((await test.store.column({ run: test.run, key: 'system.cpu' })).steps.length).toBe(0)
    })

    test('no rows change nothing', async () => {
      await using test = await openTestStore(createPlace)
      const before = await test.store.runById(test.run)
      expect(await append(test, 5, [])).toEqual({ appendedRowCount: 0, lineCount: 0 })
      expect(await test.store.runById(test.run)).toEqual(before)
    })

    test('needs a run, and well-formed rows', async () => {
      await using test = await openTestStore(createPlace)
      const write = { kind: 'append-rows', run: test.run, stream: 'history', lineOffset: 0, nowMs } as const
      const rows = toRowGroup(loss(0, 1))
      await expect(test.store.write([{ ...write, run: 999, rows }])).rejects.toMatchObject({ code: 'not-found' })
      for (const malformed of [
        { ...rows, rowCount: 3 },
        { ...rows, steps: Float64Array.of(0, Number.NaN) },
        { ...rows, numbers: [{ key: 'a', rowIndexes: Uint32Array.of(1, 0), values: Float64Array.of(1, 2) }] },
        { ...rows, numbers: [{ key: 'a', rowIndexes: Uint32Array.of(2), values: Float64Array.of(1) }] },
        { ...rows, numbers: [{ key: 'a', rowIndexes: Uint32Array.of(0, 1), values: Float64Array.of(1) }] },
        { ...rows, others: [{ key: 'a', rowIndex: 2, json: '1' }] },
      ]) {
        await expect(test.store.write([{ ...write, rows: malformed }])).rejects.toMatchObject({ code: 'invalid' })
      }
    })
  })

  describe.each(['uncompacted', 'compacted'] as const)('history, %s', (form) => {
    const settle = async (test: TestStore) => {
      if (form === 'compacted') await test.store.compact({ all: true })
      await test.reopen()
    }

    test('NaN, infinities and missing values are three things and stay so', async () => {
      await using test = await openTestStore(createPlace)
      const values = [1, Number.NaN, -Infinity, Infinity, -0, 5e-324, 2 ** 53 + 2]
      await append(test, 0, [
        ...values.map((value, step) => ({ step, values: { x: value } })),
        { step: 7, values: { y: 1 } },
      ])
      await settle(test)
      const column = await test.store.column({ run: test.run, key: 'x' })
      expect([...column.values]).toEqual(values)
      const buckets = await test.store.buckets({ run: test.run, key: 'x', grid: { from: 0, to: 8, count: 1 } })
      expect(buckets).toMatchObject({
        count: Uint32Array.of(4),
        min: Float64Array.of(0),
        max: Float64Array.of(2 ** 53 + 2),
        nonFinite: { steps: Float64Array.of(1, 2, 3), values: Float64Array.of(Number.NaN, -Infinity, Infinity) },
        pointCount: 7,
      })
      expect((await test.store.rows({ run: test.run, limit: 3 })).map((row) => row.values.get('x'))).toEqual([
        '1',
        'NaN',
        '-Infinity',
      ])
    })

    test('a step that is logged again has the value that arrived last, in every answer', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, loss(0, 1, 2, 3))
      await settle(test)
      await append(test, 4, [
        { step: 1, values: { loss: 100 } },
        { step: 1, values: { loss: 200 } },
        { step: 0, values: { a: 1 } },
      ])
      await settle(test)
      expect([...(await test.store.column({ run: test.run, key: 'loss' })).values]).toEqual([0, 200, 0.2, 0.3])
      const buckets = await test.store.buckets({ run: test.run, key: 'loss', grid: { from: 0, to: 3, count: 1 } })
      expect(buckets).toMatchObject({ max: Float64Array.of(200), count: Uint32Array.of(4) })
      const rows = await test.store.rows({ run: test.run, toStep: 1 })
      expect(rows).toEqual([
        {
          step: 0,
          values: new Map([
            ['a', '1'],
            ['loss', '0'],
          ]),
        },
        { step: 1, values: new Map([['loss', '200']]) },
      ])
    })

    test('a number and something else at one step: the last to arrive, in every answer', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, [
        { step: 1, values: { x: 1 } },
        { step: 2, values: { x: '"b"' } },
        { step: 3, values: { x: 3 } },
      ])
      await settle(test)
      await append(test, 3, [
        { step: 1, values: { x: '"a"' } },
        { step: 2, values: { x: 2 } },
      ])
      await settle(test)
      await append(test, 5, [{ step: 4, values: { x: 4 } }])
      await settle(test)
      expect([...(await test.store.column({ run: test.run, key: 'x' })).steps]).toEqual([2, 3, 4])
      expect((await test.store.rows({ run: test.run })).map((row) => row.values.get('x'))).toEqual([
        '"a"',
        '2',
        '3',
        '4',
      ])
      const buckets = await test.store.buckets({ run: test.run, key: 'x', grid: { from: 0, to: 4, count: 1 } })
      expect(buckets).toMatchObject({ count: Uint32Array.of(3), first: Float64Array.of(2) })
      expect(await test.store.metricKeys({ entity: 'e', project: 'p' })).toEqual([
        { key: 'x', kind: 'mixed', stream: 'history', runCount: 1, pointCount: 6 },
      ])
    })

    test.each([
      { fromEnd: false, first: 0, again: 0, other: 4096, expected: [0, 4999] },
      { fromEnd: true, first: 4096, again: 4096, other: 0, expected: [3192, 8191] },
    ])(
      'a limit counts steps, not how often they were logged: $fromEnd',
      async ({ fromEnd, first, again, other, expected }) => {
        await using test = await openTestStore(createPlace)
        let lineOffset = 0
        for (const from of [first, again, other]) {
          await append(test, lineOffset, loss(...Array.from({ length: 4096 }, (_, row) => from + row)))
          lineOffset += 4096
          await settle(test)
        }
        const rows = await test.store.rows({ run: test.run, limit: 5000, fromEnd })
        expect([rows[0]?.step, rows.at(-1)?.step]).toEqual(expected)
        expect(rows.length).toBe(5000)
      },
    )

    test('columns join on the steps that all of them have', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, [
        { step: 0, values: { a: 1, b: 10 } },
        { step: 1, values: { a: 2 } },
        { step: 2, values: { b: 30 } },
        { step: 3, values: { a: 4, b: 40, c: 400 } },
      ])
      await settle(test)
      expect(await test.store.joinedColumns({ run: test.run, keys: ['b', 'a'] })).toEqual({
        steps: Float64Array.of(0, 3),
        columns: [Float64Array.of(10, 40), Float64Array.of(1, 4)],
      })
      expect((await test.store.joinedColumns({ run: test.run, keys: ['a', 'none'] })).steps.length).toBe(0)
      expect((await test.store.joinedColumns({ run: test.run, keys: ['a', 'b'], fromStep: 1 })).steps).toEqual(
        Float64Array.of(3),
      )
    })

    test('values that are not numbers come back as their text', async () => {
      await using test = await openTestStore(createPlace)
      const json = '{"_type":"image-file","path":"media/ä.png","caption":"\\ud800"}'
      await append(test, 0, [{ step: 3, values: { image: json, 'a.b\\.c': 'null', big: '9007199254740993' } }])
      await settle(test)
      const [row] = await test.store.rows({ run: test.run })
      expect(row).toEqual({
        step: 3,
        values: new Map([
          ['a.b\\.c', 'null'],
          ['big', '9007199254740993'],
          ['image', json],
        ]),
      })
      expect((await test.store.column({ run: test.run, key: 'image' })).steps.length).toBe(0)
    })

    test('keys are listed by name, with how often they were logged', async () => {
      await using test = await openTestStore(createPlace)
      const [other] = await test.store.write([
        { kind: 'put-run', at: { entity: 'e', project: 'p', runId: 'r2' }, nowMs, change: {} },
      ])
      await append(test, 0, [
        { step: 0, values: { loss: 1, note: '"x"' } },
        { step: 1, values: { loss: 2 } },
      ])
      await test.store.write([
        { kind: 'append-rows', run: other.run.id, stream: 'history', lineOffset: 0, rows: toRowGroup(loss(0)), nowMs },
      ])
      await append(test, 0, [{ step: 0, values: { cpu: 1 } }], 'events')
      await settle(test)
      const query = { entity: 'e', project: 'p' }
      const lossOfBoth = { key: 'loss', kind: 'number', stream: 'history', runCount: 2, pointCount: 3 }
      const cpu = { key: 'cpu', kind: 'number', stream: 'events', runCount: 1, pointCount: 1 }
      const note = { key: 'note', kind: 'other', stream: 'history', runCount: 1, pointCount: 1 }
      expect(await test.store.metricKeys(query)).toEqual([cpu, lossOfBoth, note])
      expect(await test.store.metricKeys({ ...query, stream: 'history' })).toEqual([lossOfBoth, note])
      expect(await test.store.metricKeys({ ...query, runs: [other.run.id] })).toEqual([
        { ...lossOfBoth, runCount: 1, pointCount: 1 },
      ])
      expect(await test.store.metricKeys({ ...query, runs: [] })).toEqual([])
      await test.store.write([{ kind: 'delete-run', run: other.run.id }])
      expect(await test.store.metricKeys({ ...query, stream: 'history' })).toMatchObject([{ runCount: 1 }, note])
    })

    test('a grid must have buckets and finite ends', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, loss(0, 1))
      await settle(test)
      for (const grid of [
        { from: 0, to: 1, count: 0 },
        { from: 1, to: 0, count: 4 },
        { from: 0, to: Infinity, count: 4 },
      ]) {
        await expect(test.store.buckets({ run: test.run, key: 'loss', grid })).rejects.toThrow(RangeError)
      }
    })
  })
}
