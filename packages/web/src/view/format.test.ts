import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatAgo, formatCount, formatDuration, formatExact, formatNumber } from './format.ts'

test.each([
  [0, '0'],
  [-0, '-0'],
  [12345, '12,345'],
  [0.31415926, '0.31416'],
  [1234.5678, '1234.6'],
  [123456.78, '123,457'],
  [1.2e-7, '1.2e-7'],
  [1e21, '1e21'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
])('%f reads %s', (value, text) => {
  expect(formatNumber(value)).toBe(text)
})

test('exact text gives the same number back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      expect(Number(formatExact(value).replaceAll(',', ''))).toBe(value + 0 === 0 ? 0 : value)
    }),
  )
})

test.each([
  [0.25, '250 ms'],
  [42.9, '42 s'],
  [250, '4m 10s'],
  [3600, '1h'],
  [4800, '1h 20m'],
  [270_000, '3d 3h'],
  [-5, '-5 s'],
])('%d s is %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test('ages are rounded down and never in the future', () => {
  expect([0, 12_000, 400_000, 8e6, 2e8].map((age) => formatAgo(1e12 - age, 1e12))).toEqual([
    'just now',
    '12 s ago',
    '6 min ago',
    '2 h ago',
    '2 days ago',
  ])
  expect(formatAgo(1e12 + 5000, 1e12)).toBe('just now')
})

test('counts have separators and the right noun', () => {
  expect([formatCount(1, 'run'), formatCount(1200, 'run'), formatCount(0, 'entry', 'entries')]).toEqual([
    '1 run',
    '1,200 runs',
    '0 entries',
  ])
})
