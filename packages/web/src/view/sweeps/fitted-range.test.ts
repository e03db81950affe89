import { expect, test } from 'vitest'
import type { SweepPoint } from './best-so-far.ts'
import { countBeyond, fittedRange } from './fitted-range.ts'

const worked = (...values: readonly number[]) => values.map((value) => ({ value, mark: 'ended' as const }))
const failed = (...values: readonly number[]) => values.map((value) => ({ value, mark: 'failed' as const }))
const rangeOf = (points: readonly Pick<SweepPoint, 'value' | 'mark'>[], goal: 'minimize' | 'maximize' = 'minimize') =>
  fittedRange(points, { goal })

test('runs that went astray have no part in the axis, whether they failed or not', () => {
  const points = [...worked(0.3, 0.4, 0.5, 0.6, 2e6), ...failed(1e9, -1e9)]
  expect(rangeOf(points)).toEqual([0.3, 0.6])
  expect(
    countBeyond(
      points.map(({ value }) => value),
      [0.3, 0.6],
    ),
  ).toBe(3)
})

test('one that failed among the others stays, and so does the best, however far it is', () => {
  expect(rangeOf([...worked(1, 2, 3, 4), ...failed(5, 1000)])).toEqual([1, 5])
  expect(rangeOf(worked(-900, 1, 2, 3, 4, 5, 6))).toBeUndefined()
  expect(rangeOf(worked(-900, 1, 2, 3, 4, 5, 900), 'maximize')).toEqual([1, 900])
})

test('all is shown where nothing is far, or too little is known', () => {
  expect(rangeOf(worked(1, 2, 3, 9))).toBeUndefined()
  expect(rangeOf([...worked(1, 2, 3), ...failed(1e9)])).toBeUndefined()
  expect(rangeOf([...worked(1, 1, 1, 1), ...failed(1e9)])).toBeUndefined()
  expect(rangeOf([])).toBeUndefined()
})
