import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createThinPath } from './thin-path.ts'

type Point = readonly [left: number, top: number]

function thin(points: readonly Point[], tolerance = 0.1): readonly Point[] {
  const given: Point[] = []
  const pen = { moveTo: add, lineTo: add }
  function add(left: number, top: number): void {
    given.push([left, top])
  }
  const path = createThinPath(pen, tolerance)
  points.forEach(([left, top], i) => {
    if (i === 0) path.moveTo(left, top)
    else path.lineTo(left, top)
  })
  path.end()
  return given
}

/** From a point to a line from corner to corner. */
function distance([left, top]: Point, corners: readonly Point[]): number {
  const toPart = ([x, y]: Point, [toX, toY]: Point): number => {
    const [dx, dy] = [toX - x, toY - y]
    const length = dx * dx + dy * dy
    const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((left - x) * dx + (top - y) * dy) / length))
    return Math.hypot(left - x - share * dx, top - y - share * dy)
  }
  return Math.min(...corners.slice(1).map((corner, i) => toPart(corners[i] as Point, corner)))
}

test('what lies on a straight line is left out, what turns is not', () => {
  const straight: Point[] = [
    [0, 0],
    [1, 1],
    [2, 2],
    [4, 4],
  ]
  expect(thin(straight)).toEqual([straight[0], straight[3]])
  expect(thin([...straight, [5, 3]])).toEqual([straight[0], straight[3], [5, 3]])
})

test('a stroke up and back down keeps its tip', () => {
  const stroke: Point[] = [
    [0, 10],
    [0, 2],
    [0, 9],
    [0, 10],
  ]
  expect(thin(stroke)).toEqual([stroke[0], stroke[1], stroke[3]])
})

test('of a smooth curve with three points a pixel few are left', () => {
  const curve = Array.from({ length: 1200 }, (_, i): Point => [i / 3, 100 + 80 * Math.sin(i / 50)])
  expect(thin(curve).length).toBeLessThan(250)
})

test('every point lies within the tolerance of what is drawn, whatever the line does', () => {
  const place = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.double({ min: 0, max: 20, noNaN: true }))
  const walk = fc
    .array(fc.tuple(fc.double({ min: -0.3, max: 0.3, noNaN: true }), fc.double({ min: -0.3, max: 0.3, noNaN: true })))
    .map((steps) => {
      let at: Point = [10, 10]
      return steps.map(([dx, dy]) => {
        at = [at[0] + dx, at[1] + dy]
        return at
      })
    })
  fc.assert(
    fc.property(fc.oneof(fc.array(fc.tuple(place, place)), walk), (points) => {
      fc.pre(points.length > 1)
      const corners = thin(points)
      expect(corners[0]).toEqual(points[0])
      expect(corners.at(-1)).toEqual(points.at(-1))
      for (const point of points) expect(distance(point, corners)).toBeLessThanOrEqual(0.1 + 1e-9)
    }),
  )
})
