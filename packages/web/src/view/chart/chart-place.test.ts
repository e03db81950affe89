import { expect, test } from 'vitest'
import { chartPlaceOf, toChartPlace } from './chart-place.ts'

test('a time of a log is a place on the charts, and the list of the run stays in the address', () => {
  const params = toChartPlace({ rq: 'lr > 1', b: 'base', times: 'absolute', x: 'step' }, 1_700_000_000_250)
  expect(params).toEqual({ rq: 'lr > 1', b: 'base', x: 'wall', at: '1700000000.25' })
  expect(chartPlaceOf(params)).toBe(1_700_000_000.25)
})

test('what is no time, or on another axis, is no place', () => {
  const at = '1700000000'
  expect(
    [{}, { x: 'wall' }, { x: 'wall', at: ' ' }, { x: 'wall', at: 'now' }, { x: 'step', at }].map(chartPlaceOf),
  ).toEqual(Array.from({ length: 5 }))
})
