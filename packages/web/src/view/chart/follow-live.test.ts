import { expect, test } from 'vitest'
import { endsOfSame, isAtEnd, movedToEnd, onNewEnd } from './follow-live.ts'

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

test('a longer run that is added, shown or hidden is no news; one that was there and goes on is', () => {
  const ends = (given: Readonly<Record<string, number>>) => new Map(Object.entries(given))
  const told = (before: Readonly<Record<string, number>>, now: Readonly<Record<string, number>>) => {
    const same = endsOfSame(ends(before), ends(now))
    return onNewEnd([20, 40], same.before, same.now, false).kind
  }
  expect(told({ a: 100 }, { a: 100, b: 500 })).toBe('none')
  expect(told({ a: 100, b: 500 }, { a: 100 })).toBe('none')
  expect(told({ a: 100 }, { b: 500 })).toBe('none')
  expect(told({}, { a: 100 })).toBe('none')
  expect(told({ a: 100 }, { a: 110, b: 500 })).toBe('tell')
})
