import { expect, test } from 'vitest'
import { hasMethod, isAnyIterable, isIterable, isPromise } from './duck-types.ts'

async function* numbers() {
  yield 1
}

test.each<[string, unknown, boolean, boolean]>([
  ['an array', [1], true, true],
  ['a set', new Set([1]), true, true],
  ['a stream', numbers(), false, true],
  ['an object', { length: 1 }, false, false],
  ['a text', 'ab', false, false],
  ['nothing', null, false, false],
])('%s is gone through as it can be', (_, value, isList, isListOrStream) => {
  expect(isIterable(value)).toBe(isList)
  expect(isAnyIterable(value)).toBe(isListOrStream)
})

test('methods are found on functions and in prototypes, and nowhere in primitives', () => {
  class Model {
    fit() {}
  }
  expect([new Model(), Object.assign(() => {}, { fit() {} })].every((value) => hasMethod(value, 'fit'))).toBe(true)
  expect([{ fit: 1 }, 'fit', 1, null, undefined].some((value) => hasMethod(value, 'fit'))).toBe(false)
  expect([Promise.resolve(), Object.fromEntries([['then', () => {}]])].every(isPromise)).toBe(true)
  expect([Object.fromEntries([['then', true]]), 'then', undefined].some(isPromise)).toBe(false)
})
