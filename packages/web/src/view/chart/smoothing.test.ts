import { expect, test } from 'vitest'
import { nudgeSmoothing, rangeOfExtent, smoothingWords, startSmoothing, withLockedRange } from './smoothing.ts'

test('smoothing keys go up from none and down to none', () => {
  const first = nudgeSmoothing({ kind: 'none' }, 1)
  expect(first).toEqual({ kind: 'time-weighted-ema', weight: 0.5 })
  let smoothing = first
  for (let i = 0; i < 20; i++) smoothing = nudgeSmoothing(smoothing, 1)
  expect(smoothing).toEqual({ kind: 'time-weighted-ema', weight: 0.999 })
  for (let i = 0; i < 25; i++) smoothing = nudgeSmoothing(smoothing, -1)
  expect(smoothing).toEqual({ kind: 'none' })
})

test('a weight is said in units of x, times as such', () => {
  // w = √0.81 = 0.9, half-life log(0.5)/log(0.9) = 6.58 thousandths of 1,024 steps.
  const weighted = { kind: 'time-weighted-ema', weight: 0.81 } as const
  expect(smoothingWords(weighted, rangeOfExtent(1000), 'steps')).toEqual({
    long: 'half-life ≈ 6.7 steps',
    short: '≈ 6.7 steps',
  })
  expect(smoothingWords(weighted, 16_384, 's')?.long).toBe('half-life ≈ 1m 50s')
  expect(smoothingWords(weighted, undefined, 'x')?.long).toBe('half-life ≈ 0.66 % of x')
  expect(smoothingWords({ kind: 'ema', weight: 0.9 }, undefined, 'steps')?.long).toBe('half-life ≈ 6.6 points')
  expect(smoothingWords({ kind: 'none' }, 1, 'steps')).toBeUndefined()
})

test('a half-life that is locked stays whatever is known of x, and whatever the weight becomes', () => {
  const locked = withLockedRange({ kind: 'time-weighted-ema', weight: 0.81 }, 1024)
  expect(smoothingWords(locked, 4096, 'steps')?.short).toBe('≈ 6.7 steps')
  expect(nudgeSmoothing(locked, 1)).toEqual({ kind: 'time-weighted-ema', weight: 0.86, range: 1024 })
  expect(withLockedRange(locked, undefined)).toEqual({ kind: 'time-weighted-ema', weight: 0.81 })
})

test('smoothing by lengths of x starts with what suits the length of the runs', () => {
  expect(startSmoothing('gaussian', 10_000)).toEqual({ kind: 'gaussian', sigma: 200 })
  expect(startSmoothing('gaussian', 30)).toEqual({ kind: 'gaussian', sigma: 1 })
  expect(startSmoothing('gaussian', 1)).toEqual({ kind: 'gaussian', sigma: 0.25 })
  expect(startSmoothing('running-average', 30)).toEqual({ kind: 'running-average', window: 2 })
  expect(startSmoothing('gaussian', undefined)).toEqual({ kind: 'gaussian', sigma: 10 })
  expect(startSmoothing('time-weighted-ema', 30)).toEqual({ kind: 'time-weighted-ema', weight: 0.6 })
})
