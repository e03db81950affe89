import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rawLine } from '../../test/support/chart-fixtures.ts'
import { visibleYRange } from './axis-range.ts'
import { createProjection } from './projection.ts'
import { symlogTicks, symlogUnit } from './symlog.ts'

test('a symlog axis has a place for every value, in order, and leads back from it', () => {
  const end = fc.double({ min: -1e9, max: 1e9, noNaN: true })
  const value = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(end, end, value, value, (a, b, p, q) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      fc.pre(high - low > 1e-3)
      const box = { left: 0, top: 0, width: 100, height: 100 }
      const at = createProjection(box, [0, 1], [low, high], { isLogX: false, yScale: 'symlog' })
      const [one, other] = [low + (high - low) * Math.min(p, q), low + (high - low) * Math.max(p, q)]
      expect(at.toTop(one)).toBeGreaterThanOrEqual(at.toTop(other))
      expect(at.fromTop(at.toTop(one))).toBeCloseTo(one, -Math.log10(high - low) + 3)
    }),
  )
})

test('ticks stand at powers of ten on both sides and at 0, also of an axis of one sign', () => {
  expect(symlogUnit([-2, 500])).toBe(0.1)
  expect(symlogTicks(-20, 500)).toEqual([-10, -1, 0, 1, 10, 100])
  expect(symlogTicks(-500, -20)).toEqual([-500, -200, -100, -50, -20])
  expect(symlogTicks(0, 0.5)).toEqual([0, 0.001, 0.01, 0.1])
})

test('the range of a symlog axis has room at both ends, and keeps what is at most 0', () => {
  const [low, high] = visibleYRange([rawLine([0, 1, 2], [-10, 0, 1000])], [0, 2], 'symlog')!
  expect(low).toBeLessThan(-10)
  expect(low).toBeGreaterThan(-30)
  expect(high).toBeGreaterThan(1000)
  expect(high).toBeLessThan(3000)
})
