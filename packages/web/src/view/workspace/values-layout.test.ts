import { expect, test } from 'vitest'
import { toBlocks, valuesHeight } from './values-layout.ts'

const values = Array.from({ length: 10 }, (_, index) => ({ key: `${index}`, title: `${index}`, bounds: undefined }))

test('values stand in as many blocks as fit, in their order, none of them short', () => {
  const lengths = (runCount: number, width: number) => toBlocks(values, runCount, width).map(({ length }) => length)
  expect(lengths(1, 390)).toEqual([10])
  expect(lengths(1, 1600)).toEqual([4, 4, 2])
  expect(lengths(2, 1600)).toEqual([5, 5])
  expect(lengths(40, 1600)).toEqual([10])
  expect(toBlocks(values, 1, 1600).flat()).toEqual(values)
})

test('the height is that of the longest block, and of a line about runs that have no column', () => {
  expect(valuesHeight(toBlocks(values, 9, 390), 9) - valuesHeight(toBlocks(values, 8, 390), 8)).toBe(20)
  expect(valuesHeight(toBlocks(values, 1, 1600), 1)).toBeLessThan(valuesHeight(toBlocks(values, 1, 390), 1))
})
