import { expect, test } from 'vitest'
import { formatDurationTicks, formatLogTicks, formatTicks, logTicks } from './ticks.ts'

test.each([
  [
    [0, 0.5, 1],
    ['0', '0.5', '1.0'],
  ],
  [
    [0, 250_000, 500_000],
    ['0', '250k', '500k'],
  ],
  [
    [0, 2.5e6, 5e6],
    ['0', '2.5M', '5.0M'],
  ],
  [
    [0.0002, 0.0004],
    ['2e-4', '4e-4'],
  ],
  [
    [-2, 0, 2],
    ['-2', '0', '2'],
  ],
  [
    [1.001, 1.002],
    ['1.001', '1.002'],
  ],
])('%j reads %j', (ticks, labels) => {
  expect(formatTicks(ticks)).toEqual(labels)
})

test('times since the start are hours and minutes', () => {
  expect(formatDurationTicks([0, 1800, 3600, 5400])).toEqual(['0', '30m', '1h', '1h 30m'])
  expect(formatDurationTicks([0, 0.5])).toEqual(['0', '0.5 s'])
})

test('log ticks are powers of ten, then round numbers between', () => {
  expect(logTicks(0.001, 1000)).toEqual([0.001, 0.01, 0.1, 1, 10, 100, 1000])
  expect(logTicks(1, 100)).toEqual([1, 2, 5, 10, 20, 50, 100])
  expect(logTicks(0.9, 2.1)).toEqual([1, 1.5, 2])
  expect(formatLogTicks(logTicks(9.1e-4, 10.1e-4))).toEqual(['9.5e-4', '0.001'])
})
