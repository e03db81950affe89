import { expect, test } from 'vitest'
import {
  formatDurationTicks,
  formatLogTicks,
  formatTicks,
  formatTimeTicks,
  formatTimeTicksFrom,
  integerIncrements,
  linearTicks,
  logTicks,
  ticksFor,
  timeTickSpace,
} from './ticks.ts'

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

test('what is only ever whole is marked at whole numbers', () => {
  expect(integerIncrements.slice(0, 4)).toEqual([1, 2, 5, 10])
  expect(ticksFor('integer', linearTicks(1, 3))).toEqual([1, 2, 3])
  expect(ticksFor('number', linearTicks(1, 3))).toEqual([1, 1.5, 2, 2.5, 3])
})

test('times are written as everywhere else, with the day where it begins', () => {
  const at = (...of: [number, number, number, number, number?, number?]): number =>
    new Date(of[0], of[1] - 1, of[2], of[3], of[4] ?? 0, of[5] ?? 0).getTime() / 1000
  const evening = [at(2026, 11, 27, 22), at(2026, 11, 27, 23), at(2026, 11, 28, 0), at(2026, 11, 28, 1)]
  expect(formatTimeTicks(evening, 'local')).toEqual(['22:00\n2026-11-27', '23:00', '00:00\n2026-11-28', '01:00'])
  const seconds = [at(2026, 11, 27, 17, 50, 0), at(2026, 11, 27, 17, 50, 15)]
  expect(formatTimeTicks(seconds, 'local')).toEqual(['17:50:00\n2026-11-27', '17:50:15'])
  expect(formatTimeTicks([seconds[0]!, seconds[0]! + 0.5], 'local')).toEqual(['17:50:00.0\n2026-11-27', '17:50:00.5'])
  const days = [at(2026, 12, 31, 0), at(2027, 1, 1, 0), at(2027, 1, 2, 0)]
  expect(formatTimeTicks(days, 'local')).toEqual(['12-31\n2026', '01-01\n2027', '01-02'])
  const utcEvening = [23, 24].map((hour) => Date.UTC(2026, 10, 27, hour) / 1000)
  expect(formatTimeTicks(utcEvening, 'utc')).toEqual(['23:00\n2026-11-27', '00:00\n2026-11-28'])
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

test('ticks of times are so far apart that their labels fit, however short a run is', () => {
  // Digits and colons in 11 px, which `yAxisSize` counts with the same width.
  const labelWidth = (label: string): number => label.split('\n')[0]!.length * 6.4
  for (const rangeSeconds of [0.004, 0.03, 0.2, 0.9, 3, 40, 800, 7000, 90_000]) {
    for (const plotWidth of [220, 400, 1200]) {
      const least = timeTickSpace(rangeSeconds)
      // The nearest ticks that are allowed, at a round number as uPlot has them.
      const step = [
        0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 300, 900, 1800, 3600, 21_600,
      ].find((one) => (one / rangeSeconds) * plotWidth >= least)
      if (step === undefined) continue
      const distance = (step / rangeSeconds) * plotWidth
      const start = Date.UTC(2026, 10, 27, 17, 50) / 1000
      const labels = formatTimeTicks([start, start + step, start + 2 * step], 'utc')
      for (const label of labels)
        expect([rangeSeconds, label, labelWidth(label) < distance]).toEqual([rangeSeconds, label, true])
    }
  }
})

test('a tick before the beginning of the axis has no label, and the day stands below the first that has', () => {
  const start = Date.UTC(2026, 10, 27, 17, 50) / 1000
  expect(formatTimeTicksFrom(start + 0.4, [start, start + 0.5, start + 1], 'utc')).toEqual([
    '',
    '17:50:00.5\n2026-11-27',
    '17:50:01.0',
  ])
})

test('what is counted has no ticks between whole numbers', () => {
  expect(linearTicks(0.9, 3.1, 5, true)).toEqual([1, 2, 3])
  expect(linearTicks(0.9, 3.1, 5)).toEqual([1, 1.5, 2, 2.5, 3])
  expect(linearTicks(0, 1000, 5, true)).toEqual([0, 200, 400, 600, 800, 1000])
  expect(linearTicks(0, 0.5, 5, true)).toEqual([0])
})

test('a single tick of time says the clock, and the day at midnight', () => {
  const noon = Date.UTC(2026, 10, 24, 12, 30, 5) / 1000
  expect(formatTimeTicks([noon], 'utc')).toEqual(['12:30:05\n2026-11-24'])
  expect(formatTimeTicks([Date.UTC(2026, 10, 24) / 1000], 'utc')).toEqual(['11-24\n2026'])
})
