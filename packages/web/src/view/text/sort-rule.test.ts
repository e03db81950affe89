import { expect, test } from 'vitest'
import { nextDirection } from './sort-rule.ts'

test('numbers begin with the largest, texts with A; then it turns round, then it ends', () => {
  const clicks = (isText: boolean) => {
    const first = nextDirection(undefined, isText)
    const second = nextDirection(first, isText)
    return [first, second, nextDirection(second, isText)]
  }
  expect(clicks(false)).toEqual([true, false, undefined])
  expect(clicks(true)).toEqual([false, true, undefined])
})
