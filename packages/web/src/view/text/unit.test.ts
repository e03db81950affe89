import { expect, test } from 'vitest'
import { commonUnit, formatExactValue, formatSpan, formatValue } from './unit.ts'

test.each<[number, string, string]>([
  [0.314159, '', '0.31416'],
  [93.25, '%', '93.25 %'],
  [93.25, 'percent', '93.25 %'],
  [0.5, 'nats', '0.5 nats'],
  [12_345, 'tokens/s', '12,345 tokens/s'],
  [0.12, 's', '120 ms'],
  [1.23456, 'seconds', '1.2346 s'],
  [0.0000125, 's', '12.5 µs'],
  [250, 'ms', '250 ms'],
  [4812, 's', '1h 20m'],
  [90, 'min', '1h 30m'],
  [-0.5, 's', '-500 ms'],
  [0, 's', '0 s'],
  [3_400_000, 'B', '3.4 MB'],
  [2048, 'MB', '2.048 GB'],
  [2048, 'MiB', '2 GiB'],
  [0.5, 'KiB', '512 B'],
  [999_999.9, 'bytes', '1 MB'],
  [-1500, 'kB', '-1.5 MB'],
  [0, 'B', '0 B'],
  [Number.NaN, 's', 'NaN'],
  [Number.POSITIVE_INFINITY, 'MB', 'Infinity'],
])('%s of the unit "%s" is written %s', (value, unit, text) => {
  expect(formatValue(value, unit)).toBe(text)
})

test('to the last digit a value keeps the unit that it was logged in', () => {
  expect(formatExactValue(4812.123456789, 's')).toBe('4,812.123456789 s')
  expect(formatExactValue(0.1, '')).toBe('0.1')
})

test('spans have the unit that they want', () => {
  expect([0.9999, 59.5, 60, 3600 * 30].map(formatSpan)).toEqual(['999.9 ms', '59.5 s', '1m', '1d 6h'])
})

test('lines of several units have none in common', () => {
  expect([commonUnit(['s', 's']), commonUnit(['s', 'ms']), commonUnit(['s', '']), commonUnit([])]).toEqual([
    's',
    '',
    '',
    '',
  ])
})
