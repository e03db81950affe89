import { expect, test } from 'vitest'
import { isTextKind, nextDirection } from './sort-rule.ts'

test('numbers begin with the largest, texts with A; then it turns round, then it ends', () => {
  const clicks = (isText: boolean) => {
    const first = nextDirection(undefined, isText)
    const second = nextDirection(first, isText)
    return [first, second, nextDirection(second, isText)]
  }
  expect(clicks(false)).toEqual([true, false, undefined])
  expect(clicks(true)).toEqual([false, true, undefined])
})

test('what has a size is no text, in columns of runs and of tables', () => {
  expect(['number', 'duration', 'time', 'timestamp', 'boolean'].filter(isTextKind)).toEqual([])
  expect(['text', 'string', 'image-file', 'list'].every(isTextKind)).toBe(true)
})
