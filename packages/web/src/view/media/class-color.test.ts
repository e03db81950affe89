import { expect, test } from 'vitest'
import { distance } from '../../../test/support/color-difference.ts'
import { hues } from '../chart/palette.ts'
import { classColor } from './class-color.ts'

const colors = Array.from({ length: 64 }, (_, classId) => classColor(classId))
const leastOf = (some: readonly string[]): number =>
  Math.min(...some.flatMap((a, i) => some.slice(i + 1).map((b) => distance(a, b, 'normal'))))

test('classes beyond the hues of runs have colours of their own, told from all others', () => {
  expect(colors.slice(0, hues.length)).toEqual(hues.map(({ light }) => light))
  expect(leastOf(colors.slice(0, 24))).toBeGreaterThan(0.08)
  expect(leastOf(colors)).toBeGreaterThan(0.05)
})

test('a class has the same colour each time, whatever number it has', () => {
  expect([0, 9, 63].map(classColor)).toEqual([colors[0], colors[9], colors[63]])
  expect(classColor(64)).toBe(colors[0])
  expect(classColor(-1)).toBe(colors[63])
})
