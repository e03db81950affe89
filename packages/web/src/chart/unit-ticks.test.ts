import { expect, test } from 'vitest'
import { formatUnitTicks, multiplesIn, unitIncrements } from './unit-ticks.ts'

test.each<[readonly number[], string, readonly string[]]>([
  [[0, 0.5, 1], '', ['0', '0.5', '1.0']],
  [[0, 20, 40], '%', ['0', '20 %', '40 %']],
  [[0, 10_000], 'W', ['0', '10k W']],
  [[1, 2], 'tokens/s', ['1', '2']],
  [[0, 0.05, 0.1], 's', ['0', '50 ms', '100 ms']],
  [[0, 2e-5, 4e-5], 's', ['0', '20 µs', '40 µs']],
  [[0, 0.5, 1, 1.5], 's', ['0', '0.5 s', '1.0 s', '1.5 s']],
  [[0, 600, 1200, 3600], 's', ['0', '10m', '20m', '1h']],
  [[0, 500, 1000], 'ms', ['0', '0.5 s', '1.0 s']],
  [[0, 5e8, 1e9], 'B', ['0', '0.5 GB', '1.0 GB']],
  [[0, 512, 1024], 'MiB', ['0', '0.5 GiB', '1.0 GiB']],
])('%s of "%s" on a linear axis', (ticks, unit, labels) => {
  expect(formatUnitTicks(ticks, unit, 'linear')).toEqual(labels)
})

test('each label of a log axis stands for itself', () => {
  expect(formatUnitTicks([1e-5, 0.01, 1, null, 600], 's', 'log')).toEqual(['10 µs', '10 ms', '1 s', '', '10m'])
  expect(formatUnitTicks([1000, 1e9], 'B', 'log')).toEqual(['1 kB', '1 GB'])
  expect(formatUnitTicks([0.1, 10], '%', 'symlog')).toEqual(['0.1 %', '10 %'])
  expect(formatUnitTicks([-10, 0, 10], 's', 'symlog')).toEqual(['-10 s', '0', '10 s'])
})

test('ticks of durations are round seconds, minutes and hours, whatever they are counted in', () => {
  const inMs = unitIncrements('ms', 1)!
  expect(inMs).toEqual(expect.arrayContaining([1, 500, 60_000, 3_600_000]))
  expect(inMs).toEqual(inMs.toSorted((a, b) => a - b))
  expect([unitIncrements('nats', 1), unitIncrements('', 1)]).toEqual([undefined, undefined])
})

test('ticks of bytes are round in the unit that they are written in', () => {
  expect(unitIncrements('MiB', 1300)).toEqual(expect.arrayContaining([102.4, 204.8, 1024]))
  expect(unitIncrements('MiB', 900)).toEqual(expect.arrayContaining([100, 200]))
  expect(formatUnitTicks([1024, 1126.4, 1228.8], 'MiB', 'linear')).toEqual(['1.0 GiB', '1.1 GiB', '1.2 GiB'])
  expect(unitIncrements('B', 5e9)).toEqual(expect.arrayContaining([1e9, 2e9]))
})

test('ticks are exact multiples of their distance, ends included', () => {
  expect(multiplesIn(900, 1350, 102.4)).toEqual([921.6, 1024, 1126.4, 1228.8, 1331.2])
  expect(multiplesIn(-0.3, 0.3, 0.1)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3])
  expect([multiplesIn(1, 2, 0), multiplesIn(1.1, 1.2, 5)]).toEqual([[], []])
})
