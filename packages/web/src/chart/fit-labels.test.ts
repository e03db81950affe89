import { expect, test } from 'vitest'
import { fitLabels } from './fit-labels.ts'

const labels = ['0', '5,000', '10,000', '15,000', '20,000']

test('labels stay where they have room, and otherwise as many of them as do, evenly', () => {
  expect(fitLabels(labels, [0, 60, 120, 180, 240])).toEqual(labels)
  expect(fitLabels(labels, [0, 30, 60, 90, 120])).toEqual(['0', '', '10,000', '', '20,000'])
  expect(fitLabels(labels, [0, 4, 8, 12, 16])).toEqual(['0', '', '', '', ''])
})

test('a single label and none are as they are', () => {
  expect(fitLabels(['a'], [3])).toEqual(['a'])
  expect(fitLabels([], [])).toEqual([])
})
