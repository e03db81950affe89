import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completeQuery } from './complete-query.ts'
import type { QueryValue, RunQueryNode } from './run-query.ts'
import { tableQueryLanguage } from './table-query-language.ts'

const columns = [
  { name: 'score', type: 'number' },
  { name: 'score before', type: 'number' },
  { name: 'label', type: 'string' },
  { name: 'guess', type: 'string' },
  { name: '0', type: 'number' },
  { name: 'run.at', type: 'timestamp' },
  { name: 'is right', type: 'boolean' },
  { name: 'picture', type: 'image-file' },
]
const language = tableQueryLanguage(columns, (name) => {
  if (name === 'score') return { min: 0, max: 0.9, values: [] }
  return name === 'label' ? { min: null, max: null, values: ['cat', 'guess', '7'] } : undefined
})
const complete = (text: string) => completeQuery(text, text.length, language).map((one) => one.text)

describe('completions of a table', () => {
  test('are its columns, operators of their types, values, and columns to compare with', () => {
    expect(complete('sco')).toEqual(['score', '"score before"'])
    expect(complete('label ')).toEqual(['=', '!=', 'in', '~', 'has', 'exists'])
    expect(complete('score ')).toEqual(['<', '<=', '>', '>=', '=', '!=', 'in', 'exists'])
    expect(complete('label = ')).toEqual(['cat', '"guess"', '"7"', 'guess'])
    expect(complete('"score before" < ')).toEqual(['score', '$' + '{0}'])
    expect(complete('run.at > ')).toEqual(['-1h', '-1d', '-7d', '-30d'])
    expect(complete('"is right" = ')).toEqual(['true', 'false'])
    expect(complete('nothing ')).toEqual(['and', 'or'])
    expect(completeQuery('sc', 2, language)[0]?.detail).toBe('0 … 0.9')
  })
})

test('names of columns and texts like them are kept apart', () => {
  expect(language.parse('label = guess')).toMatchObject({ other: { name: 'guess' } })
  expect(language.print(language.parse('label = guess')!)).toBe('label = guess')
  expect(language.print(language.parse('label = "guess"')!)).toBe('label = "guess"')
  expect(language.print(language.parse('score > $' + '{0}')!)).toBe('score > $' + '{0}')
  expect(() => language.parse('a = 1 and score > $' + '{x}')).toThrow('is no other column of the table (position 19).')
})

const name = fc.constantFrom('score', 'score before', 'label', 'guess', '0', 'is right', 'picture', 'nix')
const key = name.map((text) => ({ namespace: 'auto' as const, name: text }))
const text = fc.oneof(name, fc.string(), fc.constantFrom('$' + '{0}', '$' + '{', 'true', '9'.repeat(20)))
const value: fc.Arbitrary<QueryValue> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e9, min: -1e9 }),
  text,
  fc.boolean(),
  fc.constant(null),
)
const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
const condition = fc.oneof(
  fc.record({ kind: fc.constant('compare'), key, operator, value }),
  fc
    .record({ kind: fc.constant('compare'), key, operator, other: fc.constantFrom('score', 'label', 'guess', '0') })
    .filter((node) => node.other !== node.key.name)
    .map(({ other, ...node }) => ({ ...node, value: other, other: { namespace: 'auto', name: other } })),
  fc.record({ kind: fc.constant('in'), key, values: fc.array(value) }),
  fc.record({ kind: fc.constant('words'), text: text.filter((one) => one !== '') }),
) as fc.Arbitrary<RunQueryNode>

test('a query about a table that is printed reads as it was', () => {
  fc.assert(
    fc.property(fc.array(condition, { minLength: 2, maxLength: 3 }), (of) => {
      const query: RunQueryNode = { kind: 'or', of }
      expect(language.parse(language.print(query))).toEqual(query)
    }),
    { numRuns: 300 },
  )
})
