import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQueryKey, parseRunQuery, queryDepthMax } from './parse-run-query.ts'
import { printRunQuery } from './print-run-query.ts'
import { type QueryKey, type RunQueryNode, RunQuerySyntaxError } from './run-query.ts'
import { toRunFilter } from './to-run-filter.ts'

const auto = (name: string): QueryKey => ({ namespace: 'auto', name })

describe('parseRunQuery', () => {
  test('reads comparisons, lists, patterns and what a run has', () => {
    expect(parseRunQuery('loss < 0.3 and config.lr in [1e-3, 3e-4] and state = finished')).toEqual({
      kind: 'and',
      of: [
        { kind: 'compare', key: auto('loss'), operator: '<', value: 0.3 },
        { kind: 'in', key: { namespace: 'config', name: 'lr' }, values: [1e-3, 3e-4] },
        { kind: 'compare', key: auto('state'), operator: '=', value: 'finished' },
      ],
    })
    expect(parseRunQuery('tags has baseline or name ~ /resnet.*50/ and not user = ana')).toEqual({
      kind: 'or',
      of: [
        { kind: 'includes', key: auto('tags'), value: 'baseline' },
        {
          kind: 'and',
          of: [
            { kind: 'matches', key: auto('name'), pattern: 'resnet.*50' },
            { kind: 'not', of: { kind: 'compare', key: auto('user'), operator: '=', value: 'ana' } },
          ],
        },
      ],
    })
    expect(parseRunQuery('created > -7d and summary.acc.max >= 0.9 and has(config.optim.betas)')).toEqual({
      kind: 'and',
      of: [
        { kind: 'when', key: auto('created'), operator: '>', offsetMs: -7 * 86_400_000 },
        { kind: 'compare', key: { namespace: 'summary', name: 'acc.max' }, operator: '>=', value: 0.9 },
        { kind: 'exists', key: { namespace: 'config', name: 'optim.betas' } },
      ],
    })
  })

  test('reads whether a key has a value, but not where "exists" is a key or stands alone', () => {
    const exists = (name: string) => ({ kind: 'exists', key: parseQueryKey(name) })
    expect(parseRunQuery('train/loss exists')).toEqual(exists('train/loss'))
    expect(parseRunQuery('not config.lr EXISTS or (loss exists)')).toEqual({
      kind: 'or',
      of: [{ kind: 'not', of: exists('config.lr') }, exists('loss')],
    })
    expect(parseRunQuery('res net loss exists lr exists')).toEqual({
      kind: 'and',
      of: [{ kind: 'words', text: 'res net' }, exists('loss'), exists('lr')],
    })
    expect(parseRunQuery('exists')).toEqual({ kind: 'words', text: 'exists' })
    expect(parseRunQuery('loss "exists"')).toEqual({ kind: 'words', text: 'loss exists' })
    expect(parseRunQuery('res exists = 3')).toEqual({
      kind: 'and',
      of: [
        { kind: 'words', text: 'res' },
        { kind: 'compare', key: auto('exists'), operator: '=', value: 3 },
      ],
    })
    expect(parseRunQuery('res exists in [3]')).toMatchObject({ of: [{ kind: 'words' }, { kind: 'in', values: [3] }] })
  })

  test('a word between conditions is no condition, unless it is a key or in quotes', () => {
    for (const text of ['loss < 0.3 and and', 'and', 'or loss < 1', 'loss < 1 or and lr = 2', '(and)'])
      expect(() => parseRunQuery(text)).toThrow('Expected a key or words to look for')
    expect(parseRunQuery('loss < 1 and and = 3')).toMatchObject({ of: [{ key: auto('loss') }, { key: auto('and') }] })
    expect(parseRunQuery('"and"')).toEqual({ kind: 'words', text: 'and' })
  })

  test('takes anything else as words', () => {
    expect(parseRunQuery('  ')).toBeUndefined()
    expect(parseRunQuery('ResNet 50')).toEqual({ kind: 'words', text: 'ResNet 50' })
    expect(parseRunQuery('has 3')).toEqual({ kind: 'words', text: 'has 3' })
    expect(parseRunQuery('"lr = 3"')).toEqual({ kind: 'words', text: 'lr = 3' })
    expect(parseRunQuery('resnet train/loss < 1')).toEqual({
      kind: 'and',
      of: [
        { kind: 'words', text: 'resnet' },
        { kind: 'compare', key: auto('train/loss'), operator: '<', value: 1 },
      ],
    })
  })

  test('keeps kinds of values apart, and durations in seconds', () => {
    const readValue = (text: string) => (parseRunQuery(text) as { value: unknown }).value
    expect(
      ['a = 3', 'a = "3"', 'a = true', 'a = null', 'a = -1e-3', 'a = 1e5x', 'runtime > 90m', 'runtime > 5'].map(
        readValue,
      ),
    ).toEqual([3, '3', true, null, -0.001, '1e5x', 5400, 5])
  })

  test.each([
    ['loss <', 'Expected a number or a text after "<" (position 7).'],
    ['loss < and', 'Expected a number or a text after "<" (position 8).'],
    ['(a = 1', 'Expected ")" (position 7).'],
    ['a = 1 )', 'Expected "and", "or" or the end (position 7).'],
    ['lr in [1, ', 'Expected a number or a text in the list of "lr" (position 11).'],
    ['name ~', 'Expected a pattern such as /resnet.*50/ after "~" (position 7).'],
    ['created > soon', 'Expected a date or a time such as -7d after ">" (position 11).'],
    ['a = "x', 'Expected a closing " (position 7).'],
    ['= 3', 'Expected a key or words to look for (position 1).'],
  ])('says what is wrong with %s', (text, message) => {
    expect(() => parseRunQuery(text)).toThrow(message)
  })
})

const key = fc.record({
  namespace: fc.constantFrom('run', 'config', 'summary', 'auto'),
  name: fc.oneof(
    fc.constantFrom('loss', 'train/loss', 'a b', 'has', 'exists', '"', 'name', 'acc.max'),
    fc.string({ minLength: 1 }),
  ),
}) as fc.Arbitrary<QueryKey>
const plainKey = key.filter(({ namespace, name }) => namespace !== 'auto' || !/^(run|config|summary)\./.test(name))
const valueKey = plainKey.filter(({ name }) => !['created', 'updated', 'runtime'].includes(name))
const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
)
const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
const leaf = fc.oneof(
  fc.record({
    kind: fc.constant('words'),
    text: fc.oneof(fc.constantFrom('loss exists', 'exists', 'EXISTS in'), fc.string({ minLength: 1 })),
  }),
  fc.record({ kind: fc.constant('compare'), key: valueKey, operator, value }),
  fc.record({
    kind: fc.constant('when'),
    key: fc.constantFrom(auto('created'), auto('updated')),
    operator,
    offsetMs: fc.integer({ min: -1e6, max: 1e6 }).map((seconds) => seconds * 1000),
  }),
  fc.record({ kind: fc.constant('in'), key: valueKey, values: fc.array(value) }),
  fc.record({
    kind: fc.constant('matches'),
    key: plainKey,
    pattern: fc.string().filter((text) => !text.includes('\\')),
  }),
  fc.record({ kind: fc.constant('includes'), key: fc.constant(auto('tags')), value: fc.string() }),
  fc.record({ kind: fc.constant('exists'), key: plainKey }),
)
const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ kind: fc.constantFrom('and', 'or'), of: fc.array(tie('node'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not'), of: tie('node') }),
  ),
})).node as fc.Arbitrary<RunQueryNode>

test('a query that is printed reads as it was', () => {
  fc.assert(
    fc.property(tree, (query) => {
      expect(parseRunQuery(printRunQuery(query))).toEqual(query)
    }),
    { numRuns: 500 },
  )
})

test('however deep a query is, it is read or refused where it gets too deep', () => {
  const opener = fc.constantFrom('(', 'not ', 'NOT (', 'a or b and (', 'has(')
  const openers = fc.oneof(
    fc.array(opener, { maxLength: 30 }),
    fc.array(opener, { minLength: 5_000, maxLength: 6_000 }),
  )
  fc.assert(
    fc.property(openers, fc.boolean(), (pieces, isClosed) => {
      const text = `${pieces.join('')}x${isClosed ? ')'.repeat(pieces.join('').split('(').length - 1) : ''}`
      try {
        parseRunQuery(text)
      } catch (error) {
        expect(error).toBeInstanceOf(RunQuerySyntaxError)
      }
    }),
    { numRuns: 60 },
  )
  const nested = (count: number): string => `${'not ('.repeat(count / 2)}a = 1${')'.repeat(count / 2)}`
  expect(parseRunQuery(nested(queryDepthMax))).toBeDefined()
  expect(() => parseRunQuery(nested(queryDepthMax + 2))).toThrow(
    'Expected at most 20 parentheses and "not" inside each other (position 51).',
  )
})

test('toRunFilter speaks in the words of W&B’s filters', () => {
  const filterOf = (text: string) =>
    toRunFilter(parseRunQuery(text)!, {
      nowMs: Date.UTC(2026, 0, 8),
      locate: (name) => (name === 'lr' ? 'config' : 'summary'),
    })
  expect(filterOf('lr = 1e-3 or not (val/loss < 1 and config.x.y != "a")')).toEqual({
    $or: [
      { 'config.lr': { $eq: 0.001 } },
      { $nor: [{ $and: [{ 'summary_metrics.val/loss': { $lt: 1 } }, { 'config.x.y': { $ne: 'a' } }] }] },
    ],
  })
  expect(filterOf('created > -7d')).toEqual({ createdAt: { $gt: '2026-01-01T00:00:00.000Z' } })
  expect(filterOf('res.net')).toEqual({ text: { $regex: '(?i)res\\.net' } })
  expect(filterOf('tags has a and id in [x] and name ~ /^b/ and has(val/loss)')).toEqual({
    $and: [
      { tags: { $eq: 'a' } },
      { name: { $in: ['x'] } },
      { displayName: { $regex: '^b' } },
      { 'summary_metrics.val/loss': { $exists: true } },
    ],
  })
})
