import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatAgo,
  formatClock,
  formatCount,
  formatDateTime,
  formatDuration,
  formatExact,
  formatNumber,
} from './format.ts'
import { timeZone } from './time-zone.ts'

test.each([
  [0, '0'],
  [-0, '-0'],
  [12345, '12,345'],
  [0.31415926, '0.31416'],
  [1234.5678, '1,234.6'],
  [-1234.5, '-1,234.5'],
  [12345.678, '12,346'],
  [99999.7, '100,000'],
  [9999.97, '10,000'],
  [123456.78, '123,457'],
  [1.2e-7, '1.2e-7'],
  [1795851442.65, '1,795,851,443'],
  [1e21, '1e21'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
])('%f reads %s', (value, text) => {
  expect(formatNumber(value)).toBe(text)
})

test('numbers of six digits keep one more, and all before the point', () => {
  const texts = [0.123456789, 12345.678, 1234.56789, 99999.96, 999999.7, 1795851442.65, 0.5, 3, 1.23456789e-7]
  expect(texts.map((value) => formatNumber(value, 6))).toEqual([
    '0.123457',
    '12,345.7',
    '1,234.57',
    '100,000',
    '1,000,000',
    '1,795,851,443',
    '0.5',
    '3',
    '1.23457e-7',
  ])
})

test('text of any number is near it, and has its thousands apart', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), fc.constantFrom(5, 6), (value, digits) => {
      // Smaller ones have fewer digits themselves.
      fc.pre(value === 0 || Math.abs(value) > 1e-300)
      const text = formatNumber(value, digits)
      const back = Number(text.replaceAll(',', ''))
      expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * 10 ** (1 - digits))
      expect(text.split(/[.e]/)[0]).not.toMatch(/\d{4}/)
    }),
  )
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

test('times are those of the local clock, or of UTC, which says so', () => {
  const local = new Date(2026, 10, 24, 14, 2, 31).getTime()
  expect([formatDateTime(local), formatClock(local)]).toEqual(['2026-11-24 14:02:31', '14:02'])
  timeZone.set('utc')
  try {
    const utc = Date.UTC(2026, 0, 5, 3, 2, 1)
    expect([formatDateTime(utc), formatClock(utc)]).toEqual(['2026-01-05 03:02:01 UTC', '03:02'])
  } finally {
    timeZone.set('local')
  }
})

test('counts have separators and the right noun', () => {
  expect([formatCount(1, 'run'), formatCount(1200, 'run'), formatCount(0, 'entry', 'entries')]).toEqual([
    '1 run',
    '1,200 runs',
    '0 entries',
  ])
})
