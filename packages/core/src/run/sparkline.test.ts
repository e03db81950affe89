import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toSparkline } from './sparkline.ts'

test('draws the lowest as the lowest block and the highest as the highest', () => {
  expect(toSparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█')
  expect(toSparkline([4, 2, 0], 10)).toBe('█▅▁')
  expect(toSparkline([3, 3], 10)).toBe('▅▅')
  expect(toSparkline([], 10)).toBe('')
})

test('averages neighbours when there is less room than there are values', () => {
  expect(toSparkline([0, 0, 0, 0, 8, 8, 8, 8], 4)).toBe('▁▁██')
  expect(toSparkline([0, 8, 0, 8], 2)).toBe('▅▅')
})

test('always has as many characters as it may, whatever the numbers', () => {
  const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 100 })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 80 }), (all, columns) => {
      expect(toSparkline(all, columns)).toMatch(new RegExp(`^[▁▂▃▄▅▆▇█]{${Math.min(all.length, columns)}}$`))
    }),
  )
})
