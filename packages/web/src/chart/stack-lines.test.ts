import { expect, test } from 'vitest'
import { rawLine } from '../../test/support/chart-fixtures.ts'
import { createRecordingPen } from '../../test/support/recording-pen.ts'
import { elementXs, elementYs } from './chart-line.ts'
import { readAt, shownValue } from './cursor-reading.ts'
import { drawArea } from './draw-area.ts'
import { createProjection } from './projection.ts'
import { stackLines } from './stack-lines.ts'

const lower = rawLine([0, 10, 20], [1, 2, 3], { runId: 'lower' })
const upper = rawLine([5, 10, 15], [10, 20, 30], { runId: 'upper' })

test('lines of different x stand on each other, each by its last value, and by none beyond its ends', () => {
  const [first, second] = stackLines([lower, upper], 'stacked')
  expect([...elementXs(first!.series)]).toEqual([0, 5, 10, 15, 20])
  expect([...elementYs(first!.series)]).toEqual([1, 1, 2, 2, 3])
  expect([...elementYs(second!.series)]).toEqual([1, 11, 22, 32, 3])
  expect([...second!.stack!.base]).toEqual([1, 1, 2, 2, 3])
})

test('an infinity in a stack raises nothing above it', () => {
  const broken = rawLine([0, 10], [1, Number.POSITIVE_INFINITY], { runId: 'broken' })
  const [, second] = stackLines([broken, lower], 'stacked')
  expect([...elementYs(second!.series)]).toEqual([2, 2, 3])
})

test('shares of the sum reach to 100 wherever there is anything', () => {
  const nothing = rawLine([0, 30], [0, 0], { runId: 'nothing' })
  const [, , last] = stackLines([nothing, lower, upper], 'percent')
  expect([...elementYs(last!.series)].map((y) => Math.round(y))).toEqual([100, 100, 100, 100, 100, 0])
})

test('a reading tells what the run has itself, not where its edge is', () => {
  const [, second] = stackLines([lower, upper], 'percent')
  const reading = readAt(second!, 10)!
  expect(shownValue(reading)).toBe(20)
  expect(reading.stacked).toEqual({ top: 100, share: expect.closeTo(90.909, 3) })
})

test('an area reaches from its line to its base, and to the floor of an axis without 0', () => {
  const box = { left: 0, top: 0, width: 20, height: 100 }
  const cornersOf = (line: typeof lower, yScale: 'linear' | 'log', y: readonly [number, number]) => {
    const pen = createRecordingPen()
    drawArea(pen, line, createProjection(box, [0, 20], y, { isLogX: false, yScale }), 1)
    return pen.drawn[0]!.points
  }
  expect(cornersOf(lower, 'linear', [0, 10])).toEqual([
    [0, 90],
    [10, 80],
    [20, 70],
    [20, 100],
    [10, 100],
    [0, 100],
  ])
  expect(cornersOf(lower, 'log', [1, 10]).at(-1)).toEqual([0, 100])
})
