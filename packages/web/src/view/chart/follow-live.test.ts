import { expect, test } from 'vitest'
import { isAtEnd, movedToEnd, onNewEnd } from './follow-live.ts'

test('a zoom to the end of the data goes on with them, as wide as it was', () => {
  expect(onNewEnd([80, 100], 100, 110, false)).toEqual({ kind: 'move', zoom: [90, 110] })
  // A pixel short of the end is the end.
  expect(onNewEnd([80, 99.9], 100, 110, false).kind).toBe('move')
  expect(movedToEnd([1, 100], 1000, true)).toEqual([10, 1000])
})

test('a zoom to somewhere else stays, and new data are told', () => {
  expect(onNewEnd([20, 40], 100, 110, false)).toEqual({ kind: 'tell' })
  expect(isAtEnd([20, 40], 100)).toBe(false)
})

test('nothing happens without new data, and where another chart has moved the zoom', () => {
  expect(onNewEnd([80, 100], 100, 100, false)).toEqual({ kind: 'none' })
  expect(onNewEnd([90, 110], 100, 105, false)).toEqual({ kind: 'none' })
  expect(onNewEnd([90, 110], 110, 110, false)).toEqual({ kind: 'none' })
})
