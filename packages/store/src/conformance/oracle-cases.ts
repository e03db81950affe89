import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketColumn } from '../history/bucket-column.ts'
import type { BucketedColumn, BucketGrid, Column, Stream } from '../store.ts'
import { exampleCount } from './example-count.ts'
import { createPlainStream, type PlainRow, type PlainStream, toRowGroup } from './plain-rows.ts'
import { type CreateStorePlace, nowMs, openTestStore, type TestStore } from './store-place.ts'

const keys = ['loss', 'acc', 'mixed']
const streams: readonly Stream[] = ['history', 'events']

/** What happens to a store in one example. */
type Action =
  | {
      readonly kind: 'append'
      readonly stream: Stream
      readonly offsetChange: number
      readonly rows: readonly PlainRow[]
    }
  | { readonly kind: 'compact' }
  | { readonly kind: 'reopen' }

// 1e300 and not more: sums of the greatest numbers overflow or not depending on the order of adding.
const number = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -0, 1, 2 ** 53, 5e-324, -1e300),
)
const json = fc.constantFrom('"text"', 'null', 'true', '[1,NaN]', '{"_type":"image-file"}', '9007199254740993')

/** Rows one by one: steps that repeat and go back, keys that come and go. */
const scatteredRows = fc.array(
  fc.record({
    step: fc.oneof(fc.nat(12), fc.nat(200), fc.constantFrom(0.5, 1e15, -3)),
    values: fc.record({ loss: number, acc: number, mixed: fc.oneof(number, json) }, { requiredKeys: [] }),
  }),
  { maxLength: 25 },
)

/** Many rows with regular steps, made of a few numbers so that an example shrinks well. */
const regularRows = (rowCountMax: number, rowCountMin = 1) =>
  fc
    .record({
      count: fc.integer({ min: rowCountMin, max: rowCountMax }),
      firstStep: fc.nat(rowCountMax),
      stride: fc.constantFrom(1, 1, 1, 3, 0.25, -1),
      accEvery: fc.integer({ min: 1, max: 90 }),
      oddEvery: fc.integer({ min: 1, max: 3000 }),
      odd: fc.oneof(number, fc.constantFrom(Number.NaN, Infinity)),
    })
    .map(({ count, firstStep, stride, accEvery, oddEvery, odd }) =>
      Array.from({ length: count }, (_, index): PlainRow => {
        const value = index % oddEvery === oddEvery - 1 ? odd : Math.sin(index / 50) + (index % 7) / 10
        return {
          step: firstStep + index * stride,
          values: index % accEvery === 0 ? { loss: value, acc: index } : { loss: value },
        }
      }),
    )

const action = (rows: fc.Arbitrary<PlainRow[]>): fc.Arbitrary<Action> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('append' as const),
        stream: fc.constantFrom(...streams, 'history' as const),
        // Below 0: a retry that overlaps. Above: a gap.
        offsetChange: fc.oneof(fc.constant(0), fc.integer({ min: -30, max: 5 })),
        rows,
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('compact' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
  )

/** Full chunks that share steps with chunks before them. */
const overlappingChunks: fc.Arbitrary<Action[]> = fc
  .array(regularRows(6000, 4000), { minLength: 2, maxLength: 4 })
  .map((series) =>
    series.flatMap((rows): Action[] => [
      { kind: 'append', stream: 'history', offsetChange: 0, rows },
      { kind: 'compact' },
    ]),
  )

const question = fc.record({
  from: fc.oneof(fc.integer({ min: -5, max: 60 }), fc.integer({ min: 0, max: 9000 })),
  width: fc.oneof(fc.constant(0), fc.nat(200), fc.nat(12_000)),
  bucketCount: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 300 })),
  limit: fc.oneof(fc.nat(10), fc.nat(6000)),
  fromEnd: fc.boolean(),
  /** How far the range lies inside the grid, at both ends. */
  inset: fc.oneof(fc.nat(4), fc.nat(500)),
})
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never

/**
 * Any sequence of appends, retries, compactions and reopenings answers like a list of plain rows. A failure prints the seed
 * and the smallest example.
 */
export function describeOracle(createPlace: CreateStorePlace): void {
  describe('answers like plain rows', () => {
    test('with scattered rows', { timeout: 600_000 }, () =>
      check(createPlace, fc.array(action(scatteredRows), { maxLength: 12 }), 40),
    )

    test('with long series', { timeout: 600_000 }, () =>
      check(createPlace, fc.array(action(fc.oneof(regularRows(300), regularRows(6000))), { maxLength: 8 }), 8),
    )

    test('with full chunks that share steps', { timeout: 600_000 }, () => check(createPlace, overlappingChunks, 4))

    test('with both', { timeout: 600_000 }, () =>
      check(createPlace, fc.array(action(fc.oneof(scatteredRows, regularRows(5000))), { maxLength: 10 }), 8),
    )
  })
}

async function check(
  createPlace: CreateStorePlace,
  actions: fc.Arbitrary<Action[]>,
  usualCount: number,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(actions, fc.array(question, { minLength: 1, maxLength: 4 }), async (steps, questions) => {
      await using test = await openTestStore(createPlace)
      const plain = { history: createPlainStream(), events: createPlainStream() }
      for (const step of steps) await act(test, plain, step)
      for (const stream of streams) {
        await compareWhole(test, plain[stream], stream)
        for (const one of questions) {
          await compareParts(test, plain[stream], stream, one)
          await compareSamples(test, plain[stream], stream, one)
        }
      }
    }),
    { numRuns: exampleCount(usualCount) },
  )
}

async function act(test: TestStore, plain: { readonly [S in Stream]: PlainStream }, action: Action): Promise<void> {
  switch (action.kind) {
    case 'compact':
      return await test.store.compact({ all: true })
    case 'reopen':
      return await test.reopen()
    case 'append': {
      const { stream, rows } = action
      const lineOffset = Math.max(0, plain[stream].lineCount + action.offsetChange)
      const [result] = await test.store.write([
        { kind: 'append-rows', run: test.run, stream, lineOffset, rows: toRowGroup(rows), nowMs },
      ])
      const arriving = stream === 'events' ? rows.map((row, index) => ({ ...row, step: lineOffset + index })) : rows
      const appendedRowCount = plain[stream].append(lineOffset, arriving)
      expect(result).toEqual({ appendedRowCount, lineCount: plain[stream].lineCount })
    }
  }
}

async function compareWhole(test: TestStore, plain: PlainStream, stream: Stream): Promise<void> {
  const { run, store } = test
  expect(toObjects(await store.rows({ run, stream }))).toEqual(toObjects(plain.rows()))
  for (const key of keys) {
    expect(await store.column({ run, stream, key })).toEqual(plain.column(key))
  }
  expect(await store.otherKeys({ run, stream })).toEqual(plain.otherKeys())
  for (const key of keys) {
    expect(await store.otherKeys({ run, stream, keys: [key] })).toEqual(plain.otherKeys([key]))
  }
  expect(await store.joinedColumns({ run, stream, keys })).toEqual(plain.joinedColumns(keys))
  const counts = (await store.metricKeys({ entity: 'e', project: 'p', stream })).map((one) => [one.key, one.pointCount])
  expect(Object.fromEntries(counts)).toEqual(
    Object.fromEntries(keys.map((key) => [key, plain.pointCount(key)]).filter(([, count]) => count !== 0)),
  )
}

async function compareParts(test: TestStore, plain: PlainStream, stream: Stream, question: Question): Promise<void> {
  const { run, store } = test
  const { from: fromStep, limit, fromEnd } = question
  const toStep = fromStep + question.width
  const rowQuery = { fromStep, limit, fromEnd, keys: ['acc', 'mixed'] }
  expect(toObjects(await store.rows({ run, stream, limit, fromEnd }))).toEqual(
    toObjects(plain.rows({ limit, fromEnd })),
  )
  expect(toObjects(await store.rows({ run, stream, ...rowQuery }))).toEqual(toObjects(plain.rows(rowQuery)))
  const bounded = { ...rowQuery, toStep, keys }
  expect(toObjects(await store.rows({ run, stream, ...bounded }))).toEqual(toObjects(plain.rows(bounded)))
  for (const key of keys) {
    expect(await store.column({ run, stream, key, fromStep, toStep })).toEqual(plain.column(key, fromStep, toStep))
    const { steps, values } = plain.column(key, fromStep)
    expect(await store.column({ run, stream, key, fromStep, limit })).toEqual({
      steps: steps.slice(0, limit),
      values: values.slice(0, limit),
    })
    const grid: BucketGrid = { from: fromStep, to: toStep, count: question.bucketCount }
    compareBuckets(await store.buckets({ run, stream, key, grid }), plain.column(key), grid)
    const narrowed = { fromStep: fromStep + question.inset, toStep: toStep - question.inset }
    compareBuckets(
      await store.buckets({ run, stream, key, grid, ...narrowed }),
      plain.column(key, narrowed.fromStep, narrowed.toStep),
      grid,
    )
  }
}

/** The same rows as thinning a plain list gives, apart from those that are far apart: they may be moved a little. */
async function compareSamples(test: TestStore, plain: PlainStream, stream: Stream, question: Question): Promise<void> {
  const { from: fromStep, width, limit } = question
  const count = 1 + (limit % 9)
  const whole = plain.rows()
  for (const chosen of [undefined, ['loss'], ['loss', 'acc'], ['mixed', 'acc'], keys]) {
    for (const range of [{}, { fromStep, toStep: fromStep + width }]) {
      const query = { ...range, ...(chosen && { keys: chosen }) }
      const all = whole.flatMap(({ step, values }) => {
        const kept = [...values].filter(([key]) => chosen?.includes(key) ?? true)
        const isWanted = isIn(step, range) && kept.length >= (chosen?.length ?? 1)
        return isWanted ? [{ step, values: new Map(kept) }] : []
      })
      const bySteps = new Map(all.map((row) => [row.step, row]))
      const actual = await test.store.sampleRows({ run: test.run, stream, count, ...query })
      expect(toObjects(actual)).toEqual(toObjects(actual.map(({ step }) => bySteps.get(step)!)))
      const steps = actual.map(({ step }) => step)
      const expected = thin(all, count).map(({ step }) => step)
      if (all.length < 256 * count) expect(steps).toEqual(expected)
      expect(steps).toHaveLength(expected.length)
      for (const [place, step] of expected.entries()) {
        const isInner = place > 0 && place < expected.length - 1
        const room = isInner ? Math.min(step - expected[place - 1]!, expected[place + 1]! - step) / 8 : 0
        expect(Math.abs(steps[place]! - step)).toBeLessThanOrEqual(room)
      }
    }
  }
}

const isIn = (step: number, { fromStep = -Infinity, toStep = Infinity }): boolean => step >= fromStep && step <= toStep

function thin<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items]
  if (count === 1) return items.slice(-1)
  return Array.from({ length: count }, (_, place) => items[Math.round((place * (items.length - 1)) / (count - 1))]!)
}

/** All figures equal those of the naive way; sums up to rounding. */
function compareBuckets(actual: BucketedColumn, column: Column, grid: BucketGrid): void {
  const { sum, ...expected } = bucketColumn(column, grid)
  const { sum: actualSum, ...actualRest } = actual
  expect(actualRest).toEqual(expected)
  const magnitudes = bucketColumn({ steps: column.steps, values: column.values.map(Math.abs) }, grid).sum
  expect(actualSum.length).toBe(sum.length)
  for (const [index, value] of actualSum.entries()) {
    expect(Math.abs(value - sum[index]!)).toBeLessThanOrEqual(magnitudes[index]! * 1e-12)
  }
}

function toObjects(rows: readonly { step: number; values: ReadonlyMap<string, string> }[]): unknown[] {
  return rows.map((row) => [row.step, Object.fromEntries(row.values)])
}
