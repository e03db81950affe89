import { describe, expect, test } from 'vitest'
import type { Stream } from '../store.ts'
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

    test('tells rows of a long history whose newest are not compacted yet', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, rows.slice(0, 8500))
      await test.store.compact({ all: true })
      await append(test, 8500, rows.slice(8500))
      const { keys, steps, columns } = (await test.store.sampleRows({ run: test.run, count: 5 }))!
      expect([keys, [...steps]]).toEqual([
        ['a', 'b'],
        [0, 2240, 4480, 6720, 8999],
      ])
      expect(columns).toEqual([steps.map((step) => step / 3), steps.map((step) => -step)])
      expect([...(await test.store.sampleRows({ run: test.run, count: 1 }))!.steps]).toEqual([8999])
      const near = await test.store.sampleRows({ run: test.run, keys: ['b'], fromStep: 4090, toStep: 4100, count: 3 })
      expect(near).toEqual({
        keys: ['b'],
        steps: Float64Array.of(4090, 4095, 4100),
        columns: [Float64Array.of(-4090, -4095, -4100)],
      })
    })

    test('gives none where rows cannot be told from their places', async () => {
      await using test = await openTestStore(createPlace)
      await append(test, 0, rows.slice(0, 5000))
      await test.store.compact({ all: true })
      await append(test, 5000, [
        { step: 7, values: { a: 1 } },
        { step: 8, values: { c: '"x"' } },
      ])
      const sample = (...keys: string[]) => test.store.sampleRows({ run: test.run, keys, count: 5 })
      expect(await sample('a')).toBeUndefined()
      expect(await sample('a', 'b')).toBeUndefined()
      expect(await sample('c')).toBeUndefined()
      expect((await sample('b'))?.steps.length).toBe(5)
      expect((await sample('b', 'never'))?.steps.length).toBe(0)
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
