import { parseRunQuery, RunQuerySyntaxError } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { problemOf, problemSpan } from './query-problem.ts'

const underlined = (text: string): string => {
  try {
    parseRunQuery(text)
  } catch (error) {
    if (!(error instanceof RunQuerySyntaxError)) throw error
    const { from, to } = problemSpan(text, error.position)
    return text.slice(from, to)
  }
  throw new Error(`${text} has no problem`)
}

test.each([
  ['loss < and x', 'and'],
  ['loss < ) and', ')'],
  ['created > soon or a', 'soon'],
  ['a = 1 )', ')'],
  ['lr in [1, ', ''],
  ['a = "x y', ''],
])('of %s the part that does not fit is underlined', (text, expected) => {
  expect(underlined(text)).toBe(expected)
})

test('the place of a problem is in what the server says', () => {
  expect(problemOf('The table has no column "x" (position 3).').position).toBe(2)
  expect(problemOf('The pattern /(/ cannot be read.').position).toBeUndefined()
})
