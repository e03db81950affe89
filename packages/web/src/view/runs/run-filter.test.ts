import { expect, test } from 'vitest'
import { isStale, readRunFilter } from './run-filter.ts'

const problem = (text: string) => readRunFilter(text, { keys: [], runCount: 0 }, 0)

test('a pattern that is none is a fault of the text at its place, and none is refused that the server knows', () => {
  expect(problem('state = finished and name ~ /[/')).toMatchObject({
    kind: 'error',
    position: 28,
    message: '/[/ is no pattern: unterminated character class (position 29).',
  })
  for (const pattern of ['(', '*a', 'a)', 'not (name ~ /[/)'].map((one) =>
    one.includes('~') ? one : `name ~ /${one}/`,
  ))
    expect(problem(pattern).kind).toBe('error')
  for (const pattern of ['^net', '(?i)RES', '(?s-i:a.b)', '(?P<n>a)', '[[:alpha:]]+', '\\Q[\\E'])
    expect(problem(`name ~ /${pattern}/`)).toMatchObject({ kind: 'ready' })
})

test('all runs are no result of before', () => {
  const fault = { kind: 'error', message: '', position: 0 } as const
  expect(isStale(fault, { isSettled: true })).toBe(true)
  expect(isStale({ ...fault, isUnfiltered: true }, { isSettled: true })).toBe(false)
})
