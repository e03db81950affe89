import { expect, test } from 'vitest'
import { placeTooltip, type TooltipSurroundings } from './place-tooltip.ts'

const plot = { left: 100, top: 100, width: 300, height: 160 }
const around: TooltipSurroundings = {
  at: { left: 250, top: 180 },
  size: { width: 120, height: 60 },
  plot,
  screen: { width: 1280, height: 800 },
  points: [],
}
const line = (top: (share: number) => number) =>
  Array.from({ length: 40 }, (_, i) => ({ left: plot.left + (i / 39) * plot.width, top: plot.top + top(i / 39) * 160 }))

test('it stands beside the crosshair, and on the other side where the window ends', () => {
  expect(placeTooltip(around)).toEqual({ left: 264, top: 150, spot: 'right-middle' })
  expect(placeTooltip({ ...around, screen: { width: 380, height: 800 } })).toEqual({
    left: 116,
    top: 150,
    spot: 'left-middle',
  })
})

test('it goes where it covers the fewest points, and never over the crosshair', () => {
  // What falls to the right leaves the upper right free; what rises the upper left.
  expect(placeTooltip({ ...around, points: line((share) => 0.3 + share / 2) }).spot).toBe('right-top')
  expect(placeTooltip({ ...around, points: line((share) => 0.7 - share / 2) }).spot).toBe('left-top')
  for (const left of [100, 180, 250, 400]) {
    const placed = placeTooltip({ ...around, at: { left, top: 110 }, points: line(() => 0.5) })
    expect(left >= placed.left && left <= placed.left + 120).toBe(false)
  }
})

test('it stays where it was while that is hardly worse', () => {
  const points = [{ left: 270, top: 180 }]
  expect(placeTooltip({ ...around, points: [...points, ...line(() => 2)] }).spot).toBe('left-middle')
  expect(placeTooltip({ ...around, before: 'right-middle', points: [...points, ...line(() => 2)] }).spot).toBe(
    'right-middle',
  )
})

test('it stands below or above a plot beside whose crosshair there is no room, on the screen', () => {
  const narrow = { ...around, size: { width: 250, height: 60 }, screen: { width: 390, height: 800 } }
  expect(placeTooltip(narrow)).toEqual({ left: 8, top: 268, spot: 'below' })
  expect(placeTooltip({ ...narrow, screen: { width: 390, height: 300 } })).toEqual({ left: 8, top: 32, spot: 'above' })
})
