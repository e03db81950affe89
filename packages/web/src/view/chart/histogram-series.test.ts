import { expect, test } from 'vitest'
import { alignSeries, histogramTable, rangeOf, readHeat, toRidges } from './histogram-series.ts'

const narrow = {
  steps: [1, 2],
  edges: [0, 1, 2],
  counts: [
    [4, 0],
    [2, 2],
  ],
}
const wide = { steps: [5], edges: [-4, 0, 4], counts: [[8, 8]] }

test('runs beside each other get one axis, on which no value is lost', () => {
  const [first, second] = alignSeries([narrow, wide])
  expect(first!.edges).toEqual([-4, 0, 4])
  expect(second!.edges).toEqual(first!.edges)
  expect([first!.counts, second!.counts]).toEqual([
    [
      [0, 4],
      [0, 4],
    ],
    [[8, 8]],
  ])
  expect(alignSeries([narrow])).toEqual([narrow])
  expect(rangeOf([[], [3]])).toBeUndefined()
})

test('ridges are evenly chosen, and each histogram weighs the same', () => {
  const series = {
    steps: [0, 1, 2, 3, 4],
    edges: [0, 1, 2],
    counts: [
      [1, 1],
      [9, 9],
      [100, 0],
      [0, 3],
      [1, 3],
    ],
  }
  expect(toRidges(series, 3)).toEqual([
    { step: 0, heights: [0.5, 0.5] },
    { step: 2, heights: [1, 0] },
    { step: 4, heights: [0.25, 0.75] },
  ])
  expect(toRidges(series).length).toBe(5)
  expect(toRidges({ steps: [1], edges: [0, 1], counts: [[0]] })).toEqual([{ step: 1, heights: [0] }])
})

test('a place of the heat map is told in values', () => {
  expect(readHeat(narrow, 0.6, 0.9)).toBe('Step 2: 2 of 4 from 1 to 2')
  expect(readHeat(narrow, 1.2, 0.9)).toBeUndefined()
})

test('the table has every bin that holds something, and the key where there are several', () => {
  const one = { runName: 'owl', key: 'w', step: 3, counts: [2, 0, 1], edges: [0, 1, 2, 3] }
  expect(histogramTable([one])).toEqual({
    columns: ['Run', 'Step', 'From', 'To', 'Count'],
    rows: [
      ['owl', 3, 0, 1, 2],
      ['owl', 3, 2, 3, 1],
    ],
  })
  expect(histogramTable([one, { ...one, key: 'b' }]).columns).toContain('Key')
})
