import { expect, test } from 'vitest'
import { draggedRange, gripAt, pinchedRange } from './axis-drag.ts'

test('the middle of an axis moves all of it, an end only that end', () => {
  expect([0.1, 0.5, 0.9].map(gripAt)).toEqual(['from', 'middle', 'to'])
  expect(draggedRange([0, 100], 'linear', { grip: 'middle', from: 0.5, to: 0.6 })).toEqual(
    [-10, 90].map((end) => expect.closeTo(end)),
  )
  // What was at 80 is at 40 now: twice as much is seen.
  expect(draggedRange([0, 100], 'linear', { grip: 'to', from: 0.8, to: 0.4 })).toEqual([0, expect.closeTo(200)])
  expect(draggedRange([0, 100], 'linear', { grip: 'from', from: 0.2, to: 0.6 })).toEqual([expect.closeTo(-100), 100])
})

test('a log axis is moved and scaled by factors', () => {
  const moved = draggedRange([1, 100], 'log', { grip: 'middle', from: 0.5, to: 0 })
  expect(moved).toEqual([expect.closeTo(10), expect.closeTo(1000, 6)])
  expect(draggedRange([1, 100], 'log', { grip: 'to', from: 0.8, to: 0.4 })).toEqual([1, expect.closeTo(10_000, 5)])
})

test('an end never reaches the other one', () => {
  const [from, to] = draggedRange([0, 100], 'linear', { grip: 'to', from: 0.9, to: -3 })
  expect(from).toBeLessThan(to)
  expect(Number.isFinite(to)).toBe(true)
})

test('two fingers move and zoom: what was between them stays there', () => {
  expect(pinchedRange([0, 100], false, { from: 0.5, to: 0.5, factor: 0.5 })).toEqual([25, 75])
  expect(pinchedRange([0, 100], false, { from: 0.5, to: 0.75, factor: 1 })).toEqual([-25, 75])
  const [low, high] = pinchedRange([1, 100], true, { from: 0.5, to: 0.5, factor: 2 })
  expect([low, high]).toEqual([expect.closeTo(0.1), expect.closeTo(1000, 6)])
})
