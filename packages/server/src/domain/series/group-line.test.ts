import type { Grouping } from '@lossline/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AxisGrid, bucketOf } from './bucket-points.ts'
import { reduceGroup } from './group-line.ts'
import { studentT975 } from './group-statistics.ts'
import { memberOfPoints } from './member-buckets.ts'

type Run = readonly (readonly [x: number, y: number])[]

const runs = fc.array(
  fc
    .array(
      fc.tuple(fc.integer({ min: 0, max: 40 }), fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(Number.NaN))),
      {
        maxLength: 25,
      },
    )
    .map((points): Run => points.toSorted((a, b) => a[0] - b[0])),
  { minLength: 1, maxLength: 6 },
)
const grouping = fc.record({
  statistic: fc.constantFrom('mean' as const, 'median' as const, 'min' as const, 'max' as const, 'sum' as const),
  band: fc.constantFrom('none' as const, 'min-max' as const, 'sd' as const, 'standard-error' as const),
})

function reduce(all: readonly Run[], grid: AxisGrid, how: Grouping) {
  const members = all.map((run) => {
    const x = Float64Array.from(run, ([at]) => at)
    const y = Float64Array.from(run, ([, value]) => value)
    const inRange = run.filter(([at]) => at >= grid.from && at <= grid.to).length
    const before = run.filter(([at]) => at < grid.from).length
    return memberOfPoints(x, y, grid, before, before + inRange)
  })
  return reduceGroup(members, grid, how)
}

/** The rule in words: a value for each run in each bucket, its mean there, else its last before while points follow. */
function naive(all: readonly Run[], grid: AxisGrid, { statistic, band }: Grouping) {
  const rows = []
  for (let bucket = 0; bucket < grid.count; bucket++) {
    const isHere = ([x, y]: readonly [number, number]) =>
      x >= grid.from && x <= grid.to && Number.isFinite(y) && bucketOf(grid, x) === bucket
    const points = all.flatMap((run) => run.filter(isHere).map(([, y]) => y))
    if (points.length === 0) continue
    const values = all.flatMap((run) => {
      const here = run.filter(isHere).map(([, y]) => y)
      if (here.length > 0) return here.reduce((a, b) => a + b) / here.length
      const before = run.filter(
        ([x, y]) => x >= grid.from && Number.isFinite(y) && x <= grid.to && bucketOf(grid, x) < bucket,
      )
      const goesOn = run.some(([x]) => x > grid.to || bucketOf(grid, x) >= bucket)
      return before.length > 0 && goesOn ? before.at(-1)![1] : []
    })
    const sum = values.reduce((a, b) => a + b, 0)
    const mean = sum / values.length
    const sorted = values.toSorted((a, b) => a - b)
    const half = values.length / 2
    const median = values.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2
    const ends = [Math.min(...points), Math.max(...points)] as const
    const centre = { mean, sum, median, min: ends[0], max: ends[1] }[statistic]
    const sd = Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1))
    const width = { sd, 'standard-error': sd / Math.sqrt(values.length) }[band as 'sd'] ?? Number.NaN
    const hasBand = band !== 'none' && statistic !== 'sum' && values.length > 1
    const [low, high] = !hasBand ? [Number.NaN, Number.NaN] : band === 'min-max' ? ends : [mean - width, mean + width]
    rows.push({ bucket, n: values.length, centre, low, high })
  }
  return rows
}

test('a group is what the rule says, whatever its runs have logged', () => {
  fc.assert(
    fc.property(
      runs,
      grouping,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 15 }),
      (all, how, count, from) => {
        const grid: AxisGrid = { from, to: 30, count, scale: 'linear' }
        const line = reduce(all, grid, how)
        const expected = naive(all, grid, how)
        expect([...line.index]).toEqual(expected.map(({ bucket }) => bucket))
        expect([...line.runCount]).toEqual(expected.map(({ n }) => n))
        for (const key of ['centre', 'low', 'high'] as const) {
          expected.forEach((row, i) => {
            if (Number.isNaN(row[key])) expect(line[key][i]).toBeNaN()
            else expect(line[key][i]).toBeCloseTo(row[key], 9)
          })
        }
      },
    ),
  )
})

const grid: AxisGrid = { from: 0, to: 3, count: 4, scale: 'linear' }

test('a run that logs more often does not weigh more', () => {
  const often: Run = Array.from({ length: 100 }, (_, i) => [i / 100, 10])
  const seldom: Run = [[0, 20]]
  expect(reduce([often, seldom], grid, { statistic: 'mean', band: 'none' }).centre[0]).toBe(15)
})

test('a run that ended counts no more, one that skips a bucket goes on with its last value', () => {
  const whole: Run = [[0, 1], [1, 1], [2, 1], [3, 1]] // biome-ignore format: a table.
  const skips: Run = [[0, 5], [1, 7], [3, 9]] // biome-ignore format: a table.
  const ended: Run = [[0, 3], [1, 1]] // biome-ignore format: a table.
  const line = reduce([whole, skips, ended], grid, { statistic: 'mean', band: 'sd' })
  expect([...line.runCount]).toEqual([3, 3, 2, 2])
  expect([...line.centre]).toEqual([3, 3, 4, 5])
})

test('one run has no spread', () => {
  const line = reduce([[[0, 1]], [[3, 1]]], grid, { statistic: 'mean', band: 'confidence-95' })
  expect([...line.low, ...line.high]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
})

test('a spike of one point is in the ends of a band and in a maximum', () => {
  const flat: Run = Array.from({ length: 1000 }, (_, i) => [(3 * i) / 1000, i === 500 ? 100 : 1])
  const line = reduce([flat, flat.map(([x]) => [x, 1])], grid, { statistic: 'max', band: 'min-max' })
  expect(Math.max(...line.high)).toBe(100)
  expect(Math.max(...line.centre)).toBe(100)
})

test.each([
  [1, 12.7062],
  [4, 2.7764],
  [9, 2.2622],
  [12, 2.1788],
  [30, 2.0423],
  [1000, 1.9623],
])("Student's t with %i degrees is %f", (degrees, expected) => {
  expect(studentT975(degrees)).toBeCloseTo(expected, 3)
})

test('the quartiles have the middle half of the runs between them, by one value each', () => {
  const members: [number, number][][] = [0, 10, 20, 30, 100].map((y) => [[0, y]])
  const line = reduce(
    members,
    { from: 0, to: 1, count: 1, scale: 'linear' },
    { statistic: 'median', band: 'quartiles' },
  )
  expect([line.low[0], line.centre[0], line.high[0]]).toEqual([10, 20, 30])
  const single = reduce(
    [[[0, 1]]],
    { from: 0, to: 1, count: 1, scale: 'linear' },
    { statistic: 'mean', band: 'quartiles' },
  )
  expect(single.low[0]).toBeNaN()
})
