import { expect, test } from 'vitest'
import { createSkippedValues } from './skipped-values.ts'

test('all that was left out is counted at the end, unless it is one value, which was said', () => {
  const said: string[] = []
  const skipped = createSkippedValues((line) => said.push(line))
  skipped.count('undefined', ['a'])
  expect(skipped.totals).toEqual([])
  skipped.count('too-deep', new Array(500).fill('d'))
  skipped.count('promise', ['b'])
  skipped.count('promise', ['c'])
  expect(skipped.totals).toEqual([
    'A value was left out: it is undefined.',
    'A value was left out: it is nested more than 500 levels deep.',
    '2 values were left out: it is a promise: await it first.',
  ])
  expect(said).toHaveLength(3)
  expect(Math.max(...said.map((line) => line.length))).toBeLessThan(200)
})
