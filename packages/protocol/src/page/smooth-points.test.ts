import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSmoother, roundUpToPowerOfTwo } from './smooth-points.ts'

const kinds = [
  { kind: 'time-weighted-ema', weight: 0.9 },
  { kind: 'ema', weight: 0.9 },
  { kind: 'gaussian', sigma: 3 },
  { kind: 'running-average', window: 7 },
] as const

function smooth(smoothing: (typeof kinds)[number], x: number[], y: number[], range = 1024): number[] {
  const smoother = createSmoother({ x: Float64Array.from(x), y: Float64Array.from(y) }, smoothing, range)!
  return [...smoother(Uint32Array.from(x.keys()))]
}

const series = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: 9 }), fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constant(Number.NaN))),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((points) => {
    let at = 0
    return { x: points.map(([gap]) => (at += gap)), y: points.map(([, value]) => value) }
  })

describe.each(kinds)('$kind', (smoothing) => {
  test('a constant stays the constant', () => {
    fc.assert(
      fc.property(series, ({ x }) => {
        for (const value of smooth(
          smoothing,
          x,
          x.map(() => 5),
        ))
          expect(value).toBeCloseTo(5, 9)
      }),
    )
  })

  test('non-finite points are NaN themselves and change nothing else', () => {
    fc.assert(
      fc.property(series, ({ x, y }) => {
        const finite = [...x.keys()].filter((i) => Number.isFinite(y[i]!))
        const alone = smooth(
          smoothing,
          finite.map((i) => x[i]!),
          finite.map((i) => y[i]!),
        )
        const together = smooth(smoothing, x, y)
        x.forEach((_, i) => {
          const at = finite.indexOf(i)
          if (at < 0) expect(together[i]).toBeNaN()
          else expect(together[i]).toBeCloseTo(alone[at]!, 9)
        })
      }),
    )
  })

  test('values stay between the lowest and the highest', () => {
    fc.assert(
      fc.property(series, ({ x, y }) => {
        const finite = y.filter(Number.isFinite)
        for (const value of smooth(smoothing, x, y).filter(Number.isFinite)) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...finite) - 1e-9)
          expect(value).toBeLessThanOrEqual(Math.max(...finite) + 1e-9)
        }
      }),
    )
  })
})

describe.each(kinds)('$kind of means that stand for several points', (smoothing) => {
  test('a constant stays the constant', () => {
    const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 9 })), { minLength: 1 })
    fc.assert(
      fc.property(sizes, (buckets) => {
        let at = 0
        const x = Float64Array.from(buckets, ([, gap]) => (at += gap))
        const points = { x, y: x.map(() => 5), count: Uint32Array.from(buckets, ([count]) => count) }
        const smoother = createSmoother(points, smoothing, 1024)!
        for (const value of smoother(Uint32Array.from(x.keys()))) expect(value).toBeCloseTo(5, 9)
      }),
    )
  })
})

test('where the points behind means are all alike, an EMA of the means is that of the points', () => {
  const bucketOf = (step: number): number => Math.floor(step / 8)
  const x = Float64Array.from({ length: 400 }, (_, step) => step)
  const y = x.map((step) => (bucketOf(step) * 37) % 11)
  const ends = Uint32Array.from({ length: 50 }, (_, i) => i * 8 + 7)
  const means = {
    x: x.filter((step) => step % 8 === 7),
    y: y.filter((_, i) => i % 8 === 7),
    count: new Uint32Array(50).fill(8),
  }
  for (const smoothing of [kinds[0], kinds[1]]) {
    const exact = createSmoother({ x, y }, smoothing, 1024)!(ends)
    const approximate = createSmoother(means, smoothing, 1024)!(Uint32Array.from(means.x.keys()))
    // Of the first it is not known how far apart its points are.
    approximate.slice(40).forEach((value, i) => void expect(value).toBeCloseTo(exact[i + 40]!, 6))
  }
})

test('time-weighted EMA follows its formula', () => {
  const [x, y, weight] = [[0, 1, 3, 10], [1, 2, 4, 0], Math.sqrt(0.6)]
  let [numerator, denominator] = [0, 0]
  const expected = x.map((at, i) => {
    const decay = weight ** (((at - (x[i - 1] ?? at)) / 16) * 1000)
    numerator = numerator * decay + y[i]!
    denominator = denominator * decay + 1
    return numerator / denominator
  })
  const smoothed = smooth({ kind: 'time-weighted-ema', weight: 0.6 } as never, x, y, 16)
  smoothed.forEach((value, i) => void expect(value).toBeCloseTo(expected[i]!, 12))
})

test('EMA is debiased: the first value is the first point, the second the weighted mean of two', () => {
  const [first, second] = smooth({ kind: 'ema', weight: 0.5 } as never, [0, 1], [2, 8])
  expect(first).toBe(2)
  expect(second).toBeCloseTo((0.5 * 2 + 8) / 1.5, 12)
})

test('the running average is centred and shrinks at the ends', () => {
  expect(smooth({ kind: 'running-average', window: 2 } as never, [0, 1, 2, 3], [0, 3, 6, 9])).toEqual([1.5, 3, 6, 7.5])
})

test('one huge value does not blur the digits of distant ones', () => {
  const x = Array.from({ length: 2000 }, (_, i) => i)
  const y = x.map((i) => (i === 3 ? 1e300 : 0.1))
  expect(smooth({ kind: 'running-average', window: 10 } as never, x, y).at(-1)).toBeCloseTo(0.1, 12)
})

test('a Gaussian over cells is close to the exact one', () => {
  const x = Array.from({ length: 40_000 }, (_, i) => i / 100)
  const y = x.map((at) => Math.sin(at / 40) + (at > 200 ? 1 : 0))
  const [from, to] = [19_900, 20_100]
  const at = Uint32Array.from({ length: to - from }, (_, i) => from + i)
  const [xs, ys] = [Float64Array.from(x), Float64Array.from(y)]
  const cells = createSmoother({ x: xs, y: ys }, { kind: 'gaussian', sigma: 30 }, 1)!(at)
  // Every hundredth point is sparse enough for the exact sum.
  const thin = (values: Float64Array) => values.filter((_, i) => i % 100 === 0)
  const exact = createSmoother({ x: thin(xs), y: thin(ys) }, { kind: 'gaussian', sigma: 30 }, 1)!(Uint32Array.of(200))
  expect(Math.abs(cells[100]! - exact[0]!)).toBeLessThan(0.01)
})

test('the reference range doubles', () => {
  expect([0, 1, 2, 3, 1000, 1024, 1025, 0.3].map(roundUpToPowerOfTwo)).toEqual([1, 1, 2, 4, 1024, 1024, 2048, 0.5])
})
