import { expect, test } from 'vitest'
import { rawLine, reducedLine } from '../../test/support/chart-fixtures.ts'
import { lossCurve, withSpike } from '../../test/support/generated-data.ts'
import type { TooltipOrder } from '../view/address/url-state.ts'
import { orderReadings, readAt, readingsAt } from './cursor-reading.ts'
import { createProjection } from './projection.ts'

test('a reading is a stored value, never one between two', () => {
  const line = rawLine([0, 10, 20], [1, 5, 9])
  expect(readAt(line, 12)).toMatchObject({ x: 10, y: 5, bucket: undefined })
  expect(readAt(line, 16)).toMatchObject({ x: 20, y: 9 })
})

test('a bucket says how many points it stands for and how far they reach', () => {
  const column = withSpike(lossCurve(10_000, 1), 5000, 9)
  const reading = readAt(reducedLine(column, 100), 5040)!
  expect(reading.bucket?.max).toBe(9)
  expect(reading.bucket?.count).toBeGreaterThan(90)
  expect(reading.y).toBe(column.values[reading.x])
})

test('a run that has ended is not read beyond its end', () => {
  expect(readAt(rawLine([0, 1, 2], [1, 2, 3]), 9, 1)).toBeUndefined()
})

test('the line nearest to the pointer comes first', () => {
  const low = rawLine([0, 1, 2], [1, 1, 1], { runId: 'low' })
  const high = rawLine([0, 1, 2], [9, 9, 9], { runId: 'high' })
  const at = createProjection({ left: 0, top: 0, width: 100, height: 100 }, [0, 2], [0, 10], {
    isLogX: false,
    yScale: 'linear',
  })
  expect(readingsAt([low, high], at, { left: 50, top: 20 }).map(({ line }) => line.runId)).toEqual(['high', 'low'])
  expect(readingsAt([low, high], at, { left: 50, top: 80 }).map(({ line }) => line.runId)).toEqual(['low', 'high'])
})

test('a tooltip lists its lines by distance, by value or by name, those without a value last', () => {
  const lines = [
    rawLine([0, 1], [2, 2], { runId: 'run 10' }),
    rawLine([0, 1], [9, 9], { runId: 'run 9' }),
    rawLine([0, 1], [Number.NaN, Number.NaN], { runId: 'run 1' }),
  ]
  const at = createProjection({ left: 0, top: 0, width: 100, height: 100 }, [0, 1], [0, 10], {
    isLogX: false,
    yScale: 'linear',
  })
  const readings = readingsAt(lines, at, { left: 50, top: 80 })
  const order = (by: TooltipOrder) => orderReadings(readings, by).map(({ line }) => line.runId)
  expect(order('nearest')).toEqual(['run 10', 'run 9', 'run 1'])
  expect(order('value')).toEqual(['run 9', 'run 10', 'run 1'])
  expect(order('name')).toEqual(['run 1', 'run 9', 'run 10'])
})
