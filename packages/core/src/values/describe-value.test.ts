import { expect, test } from 'vitest'
import { describeValue } from './describe-value.ts'

class Model {}
const thenable = Object.fromEntries([['then', () => {}]])

test.each<[unknown, string]>([
  [undefined, 'undefined'],
  [null, 'null'],
  [Number.NaN, 'NaN'],
  ['loss', '"loss"'],
  ['x'.repeat(61), `"${'x'.repeat(60)}…"`],
  [[1, 2], 'an array'],
  [{ loss: 1 }, 'an object'],
  [Object.create(null), 'an object'],
  [new Model(), 'a Model'],
  [new Float32Array(1), 'a Float32Array'],
  [() => {}, 'a function'],
  [Promise.resolve(1), 'a promise (await it first)'],
  [thenable, 'a promise (await it first)'],
])('%s is described as %s', (value, described) => {
  expect(describeValue(value)).toBe(described)
})
