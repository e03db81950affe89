import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  digitRanges,
  formatInColumn,
  type NumberFormat,
  numberFormatNames,
  parseNumberFormat,
  stringifyNumberFormat,
} from './number-format.ts'

test('numbers are written as their column says', () => {
  const write = (value: number, text: string) => formatInColumn(value, parseNumberFormat(text))
  expect(write(1234.5678, 'fixed:2')).toBe('1,234.57')
  expect(write(-0.5, 'fixed:0')).toBe('-1')
  expect(write(0.00012345, 'significant:3')).toBe('0.000123')
  expect(write(2, 'significant:3')).toBe('2.00')
  expect(write(1.5e-9, 'significant:3')).toBe('1.50e-9')
  expect(write(12_345, 'scientific:2')).toBe('1.23e4')
  expect(write(0.12345, 'percent:1')).toBe('12.3 %')
  expect(write(4800, 'duration')).toBe('1h 20m')
  expect(write(3_400_000, 'bytes')).toBe('3.4 MB')
  expect(write(-12.3456, 'bytes')).toBe('-12.35 B')
  expect([12_345, 999.99, 1e6, 0.00082, 0, -1500, 1e-20, 1e20].map((value) => write(value, 'si'))).toEqual([
    ...['12.35k', '1k', '1M', '820µ', '0', '-1.5k', '0.00000001p', '100,000P'],
  ])
  expect(write(0.123456789, 'auto')).toBe('0.12346')
  expect(['fixed:2', 'si', 'duration'].map((text) => write(Number.NaN, text))).toEqual(['NaN', 'NaN', 'NaN'])
})

test('formats are saved and read again, and nothing else is read', () => {
  const kinds = Object.keys(numberFormatNames) as NumberFormat['kind'][]
  const format = fc.constantFrom(...kinds).chain((kind): fc.Arbitrary<NumberFormat> => {
    if (kind === 'si' || kind === 'duration' || kind === 'bytes') return fc.constant({ kind })
    const [min, max] = digitRanges[kind]
    return fc.record({ kind: fc.constant(kind), digits: fc.integer({ min, max }) })
  })
  fc.assert(
    fc.property(format, (one) => {
      expect(parseNumberFormat(stringifyNumberFormat(one))).toEqual(one)
    }),
  )
  for (const text of ['', 'fixed', 'fixed:', 'fixed:11', 'fixed:-1', 'si:2', 'significant:0', 'toString:2', 'auto']) {
    expect(parseNumberFormat(text)).toBeUndefined()
  }
})
