import { expect, test } from 'vitest'
import { rawLine, reducedLine } from '../../test/support/chart-fixtures.ts'
import { createRecordingPen } from '../../test/support/recording-pen.ts'
import type { ChartLine } from './chart-line.ts'
import { drawLine } from './draw-lines.ts'
import { isAfterGap } from './gaps.ts'
import { createProjection } from './projection.ts'

function gapsOf({ series, grid }: ChartLine): readonly number[] {
  const count = series.kind === 'raw' ? series.x.length : series.index.length
  return Array.from({ length: count }, (_, i) => i).filter((i) => isAfterGap(series, grid, i))
}

const evenly = (count: number, from: number): number[] => Array.from({ length: count }, (_, i) => from + i)

test('a line has a gap where points are missing for more than 20 times their usual distance', () => {
  const x = [...evenly(50, 0), ...evenly(50, 69), ...evenly(50, 139)]
  // 49 to 69 is 20 steps, 118 to 139 is 21.
  expect(gapsOf(rawLine(x, x))).toEqual([100])
  expect(gapsOf(rawLine([0, 1000], [1, 1]))).toEqual([])
  expect(gapsOf(rawLine([], []))).toEqual([])
})

test('buckets have the gaps of their points, and none that is narrower than a bucket', () => {
  const steps = Float64Array.from([...evenly(4000, 0), ...evenly(4000, 5000), ...evenly(4000, 9030)])
  const line = reducedLine({ steps, values: steps.map(() => 1) }, 200)
  const gaps = gapsOf(line)
  expect(gaps).toHaveLength(1)
  expect(line.series.lastX[gaps[0]! - 1]).toBe(3999)
})

test('a line that breaks its gaps draws nothing across them, and a point between two of them all the same', () => {
  const x = [...evenly(30, 0), 500, ...evenly(30, 1000)]
  // Up and down, so that each point is a corner.
  const line = rawLine(
    x,
    x.map((_, i) => (i % 2) * 1000),
  )
  const box = { left: 0, top: 0, width: 1030, height: 100 }
  const at = createProjection(box, [0, 1030], [0, 1030], { isLogX: false, yScale: 'linear' })
  const draw = (breaksGaps: boolean) => {
    const pen = createRecordingPen()
    drawLine(pen, line, at, { devicePixelRatio: 1, emphasis: 1, alpha: 1, isDense: false, breaksGaps, isOnly: false })
    return pen.drawn[0]!.points.length
  }
  expect(draw(false)).toBe(61)
  // Each piece after a gap begins with a stroke of its own.
  expect(draw(true)).toBe(63)
})
