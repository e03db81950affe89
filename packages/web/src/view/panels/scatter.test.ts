import type { RunSummary } from '@lossline/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromAccessor, toAccessor } from './axis-key.ts'
import { scatterPanel, withAxisKey } from './scatter-panel.ts'
import { chosenPoints, paretoFrontier, regressionLine, toScale, toScatterPoints } from './scatter-points.ts'

const axis = { key: 'x', isLog: false, min: undefined, max: undefined }

test('keys come back from W&B’s accessors', () => {
  for (const key of ['summary.val/loss', 'summary.a.b', 'config.lr', 'config.net.depth', 'run.created', 'run.state']) {
    expect(fromAccessor(toAccessor(key))).toBe(key)
  }
  expect(fromAccessor('config:lr.value')).toBe('config.lr')
  expect(scatterPanel.parse(withAxisKey({ keep: 1 }, 'x', 'config.lr'))).toMatchObject({ x: { key: 'config.lr' } })
  expect(withAxisKey({ xAxis: 'summary:a', keep: 1 }, 'x', '')).toEqual({ keep: 1 })
})

test('runs without a number on both axes are counted, and those below zero on a logarithmic one', () => {
  const runs = ['a', 'b', 'c', 'd'].map((runId) => ({ runId }) as RunSummary)
  const values = new Map<string, readonly (number | string | null)[]>([
    ['a', [1, 2, 5]],
    ['b', [-1, 2]],
    ['c', ['x', 2]],
  ])
  const x = { ...axis, isLog: true }
  expect(toScatterPoints(runs, values, { x, y: axis })).toMatchObject({
    points: [{ x: 1, y: 2, z: 5 }],
    missingCount: 3,
  })
  const scale = toScale([1, 100], x)
  expect(scale.along(10)).toBeCloseTo(0.5)
  expect(toScale([], axis).along(0.5)).toBeGreaterThan(0)
})

test('points are chosen by parts of the axes, as they are drawn', () => {
  const points = [1, 10, 100].map((x, y) => ({ run: {}, x, y })) as never
  const axes = { x: { ...axis, isLog: true, min: 1, max: 100 }, y: axis }
  const chosen = (...brushes: readonly (readonly [number, readonly [number, number]])[]) =>
    chosenPoints(points, axes, new Map(brushes)).map(({ x }) => x)
  expect(chosen()).toEqual([1, 10, 100])
  expect(chosen([0, [0, 0.5]])).toEqual([1, 10])
  expect(chosen([0, [0, 0.5]], [1, [0.4, 1]])).toEqual([10])
})

test('a regression line goes through points that lie on a line', () => {
  expect(
    regressionLine([
      [0, 1],
      [1, 3],
      [2, 5],
    ]),
  ).toEqual({ slope: 2, intercept: 1, r: 1 })
  expect(
    regressionLine([
      [1, 1],
      [1, 3],
    ]),
  ).toBeUndefined()
})

test('no point is better than one of the frontier, and each other point has a better one', () => {
  const end = fc.constantFrom('low' as const, 'high' as const)
  const point = fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) })
  fc.assert(
    fc.property(fc.array(point, { maxLength: 30 }), end, end, (all, x, y) => {
      const frontier = paretoFrontier(all as never, { x, y })
      const isBetter = (one: { x: number; y: number }, other: { x: number; y: number }): boolean => {
        const [dx, dy] = [(x === 'low' ? 1 : -1) * (one.x - other.x), (y === 'low' ? 1 : -1) * (one.y - other.y)]
        return dx <= 0 && dy <= 0 && (dx < 0 || dy < 0)
      }
      for (const one of all) {
        const isOn = frontier.some((of) => of.x === one.x && of.y === one.y)
        expect(isOn).toBe(!all.some((other) => isBetter(other, one)))
      }
    }),
  )
})
