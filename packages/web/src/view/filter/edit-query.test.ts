import { parseRunQuery, printRunQuery, type RunKeyInfo, type RunQueryNode, runQueryLanguage } from '@lossline/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chipWords, sayPart } from './chip-words.ts'
import { type ConditionDraft, emptyDraft, readDraft, toDraft, withKey } from './condition-draft.ts'
import {
  behindNot,
  fromGroup,
  hasCondition,
  negated,
  partAt,
  type QueryCondition,
  type QueryGroup,
  type QueryPath,
  toGroup,
  toggleCondition,
  withAdded,
  withPart,
} from './edit-query.ts'

const info = (key: string, kind: RunKeyInfo['kind'], rest: Partial<RunKeyInfo> = {}): RunKeyInfo => ({
  key,
  runCount: 4,
  isVarying: true,
  kind,
  min: null,
  max: null,
  commonValues: [],
  ...rest,
})
const language = runQueryLanguage([
  info('config.lr', 'number', { min: 0.001, max: 0.1 }),
  info('config.optimizer', 'text', { commonValues: ['adam', 'sgd'] }),
  info('config.shuffle', 'boolean'),
  info('config.odd', 'other'),
])
const group = (text: string): QueryGroup => toGroup(parseRunQuery(text))
const textOf = (root: QueryGroup): string => {
  const query = fromGroup(root)
  return query === undefined ? '' : printRunQuery(query)
}

describe('a query that is edited', () => {
  test('has parts put in, changed, denied and taken away', () => {
    const root = group('a = 1 and (b = 2 or not (c = 3 and d = 4))')
    const other: RunQueryNode = { kind: 'words', text: 'x' }
    expect(textOf(withPart(root, [1, 1, 0, 1], other))).toBe('a = 1 and (b = 2 or not (c = 3 and x))')
    expect(textOf(withPart(root, [1, 1, 0, 1], undefined))).toBe('a = 1 and (b = 2 or not c = 3)')
    expect(textOf(withPart(root, [1, 1, 0], undefined))).toBe('a = 1 and b = 2')
    expect(textOf(withPart(root, [0], negated(root.of[0]!)))).toBe('not a = 1 and (b = 2 or not (c = 3 and d = 4))')
    expect(textOf(withAdded(root, [1, 1, 0], other))).toBe('a = 1 and (b = 2 or not (c = 3 and d = 4 and x))')
    expect(textOf(withAdded(root, [], other))).toBe('a = 1 and (b = 2 or not (c = 3 and d = 4)) and x')
    expect(textOf(withPart(group('a = 1'), [0], undefined))).toBe('')
  })

  test('may have groups that nothing is in yet', () => {
    const root = withAdded(group('a = 1'), [], { kind: 'or', of: [] })
    expect(textOf(root)).toBe('a = 1')
    expect(textOf(withAdded(root, [1], { kind: 'words', text: 'x' }))).toBe('a = 1 and x')
  })

  test('knows what is behind not', () => {
    const [part] = group('not not (a = 1 or b = 2)').of
    expect(behindNot(part!, [0])).toMatchObject({ part: { kind: 'or' }, path: [0, 0, 0], notCount: 2 })
  })

  test('gains and loses a condition that must hold', () => {
    const condition = parseRunQuery('state != crashed')!
    const toggled = (text: string) => textOf(toggleCondition(group(text), condition))
    expect(toggled('')).toBe('state != crashed')
    expect(toggled('state != crashed')).toBe('')
    expect(toggled('a = 1 and state != crashed')).toBe('a = 1')
    expect(toggled('a = 1 or b = 2')).toBe('(a = 1 or b = 2) and state != crashed')
    expect(toggled('a = 1 or state != crashed')).toBe('(a = 1 or state != crashed) and state != crashed')
    expect(hasCondition(group('a = 1 and state != crashed'), condition)).toBe(true)
    expect(hasCondition(group('a = 1 or state != crashed'), condition)).toBe(false)
  })
})

const read = (draft: ConditionDraft): string => {
  const reading = readDraft(draft, language)
  return reading.kind === 'whole' ? printRunQuery(reading.condition) : `! ${reading.message}`
}
const draftOf = (key: string, operator: string, ...texts: string[]) =>
  ({ kind: 'key', key, operator, values: texts.map((text) => ({ text })) }) as ConditionDraft

describe('a condition that is edited', () => {
  test.each([
    [draftOf('config.lr', '<', '1e-2'), 'config.lr < 0.01'],
    [draftOf('config.lr', '<', 'small'), '! config.lr holds numbers, and “small” is none.'],
    [draftOf('config.lr', '=', '"auto"'), 'config.lr = auto'],
    [draftOf('config.lr', '=', 'NaN'), 'config.lr = NaN'],
    [draftOf('config.lr', '<', ' '), '! Write a number.'],
    [draftOf('config.lr', 'in', '1', '2'), 'config.lr in [1, 2]'],
    [draftOf('config.lr', 'in'), '! Add a value.'],
    [draftOf('config.lr', '=', '1 and a = 2'), '! config.lr holds numbers, and “1 and a = 2” is none.'],
    [draftOf('config.optimizer', '=', '3'), 'config.optimizer = "3"'],
    [draftOf('config.optimizer', '=', 'a" or b'), 'config.optimizer = "a\\" or b"'],
    [draftOf('config.shuffle', '=', 'true'), 'config.shuffle = true'],
    [draftOf('config.odd', '=', 'null'), 'config.odd = null'],
    [draftOf('config.odd', '=', 'a b'), 'config.odd = "a b"'],
    [draftOf('created', '>', '-7d'), 'created > -7d'],
    [draftOf('created', '<', '2026-01-31'), 'created < 2026-01-31'],
    [draftOf('created', '<', 'soon'), '! Write a time such as -7d, or a date.'],
    [draftOf('runtime', '>', '90m'), 'runtime > 5400'],
    [draftOf('runtime', '>', 'long'), '! Write a duration such as 90m, or seconds.'],
    [draftOf('tags', 'has', 'best'), 'tags has best'],
    [draftOf('name', '~', 'a\\/b/c'), 'name ~ /a\\/b\\/c/'],
    [draftOf('name', '~', 'a\\'), '! A pattern cannot end in one backslash.'],
    [draftOf('config.lr', 'exists'), 'has(config.lr)'],
    [draftOf('', '='), '! Choose a key.'],
    [{ kind: 'words', text: ' resnet 50 ' } as const, 'resnet 50'],
  ])('%j is %s', (draft, expected) => {
    expect(read(draft)).toBe(expected)
  })

  test('keeps what suits another key', () => {
    const draft = draftOf('config.lr', '<', '3')
    const other = (name: string) => withKey(draft, language.find(name)!, language.find('config.lr'))
    expect(other('config.optimizer')).toEqual({ kind: 'key', key: 'config.optimizer', operator: '=', values: [] })
    expect(other('config.odd')).toEqual({ kind: 'key', key: 'config.odd', operator: '<', values: [] })
    expect(other('config.lr')).toEqual(draft)
    expect(withKey(emptyDraft, language.find('config.lr')!, undefined)).toMatchObject({ operator: '<', values: [] })
  })

  test('is told in a chip', () => {
    const told = (text: string) => sayPart(parseRunQuery(text)!, language)
    expect(told('not name ~ /a/')).toBe('not name ~ /a/')
    expect(told('lr in [1, 2, 3, 4, 5]')).toBe('lr in 1, 2, 3 and 2 more')
    expect(told('has(lr)')).toBe('lr has a value')
    expect(told('resnet 50')).toBe('“resnet 50”')
    expect(told('a = 1 or b = 2')).toBe('group of 2 conditions, one must hold')
    expect(chipWords(parseRunQuery('created > -7d') as QueryCondition, language)).toMatchObject({ value: '-7d' })
  })
})

const key = fc
  .record({
    namespace: fc.constantFrom('config', 'summary', 'auto'),
    name: fc.oneof(fc.constantFrom('lr', 'optimizer', 'shuffle', 'odd', 'name', 'a b'), fc.string({ minLength: 1 })),
  })
  .filter(
    ({ namespace, name }) =>
      (namespace !== 'auto' || !/^(run|config|summary)\./.test(name)) &&
      !['created', 'updated', 'runtime'].includes(name),
  )
const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
)
const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
const condition = fc.oneof(
  fc.record({ kind: fc.constant('words'), text: fc.string({ minLength: 1 }).filter((text) => text.trim() === text) }),
  fc.record({ kind: fc.constant('compare'), key, operator, value }),
  fc.record({
    kind: fc.constant('when'),
    key: fc.constant({ namespace: 'auto', name: 'created' }),
    operator,
    offsetMs: fc.integer({ min: -1e6, max: 1e6 }).map((seconds) => seconds * 1000),
  }),
  fc.record({ kind: fc.constant('in'), key, values: fc.array(value, { minLength: 1 }) }),
  fc.record({
    kind: fc.constant('matches'),
    key,
    pattern: fc.string({ minLength: 1 }).filter((text) => !text.includes('\\')),
  }),
  fc.record({
    kind: fc.constant('includes'),
    key: fc.constant({ namespace: 'auto', name: 'tags' }),
    value: fc.string({ minLength: 1 }),
  }),
  fc.record({ kind: fc.constant('exists'), key }),
) as fc.Arbitrary<QueryCondition>

test('a condition that is opened for editing and left as it is stays the same', () => {
  fc.assert(
    fc.property(condition, (one) => {
      expect(readDraft(toDraft(one), language)).toEqual({ kind: 'whole', condition: one })
    }),
    { numRuns: 300 },
  )
})

test('whatever is written, a condition reads as it was made', () => {
  const draft = fc.record({
    kind: fc.constant('key'),
    key: fc.constantFrom(
      'config.lr',
      'config.optimizer',
      'config.shuffle',
      'config.odd',
      'created',
      'runtime',
      'tags',
      'x',
    ),
    operator: fc.constantFrom('=', '<', 'in', '~', 'has', 'exists'),
    values: fc.array(
      fc.record({ text: fc.oneof(fc.string(), fc.constantFrom('a and b', '"', '/', '\\', '-7d', '3')) }),
    ),
  }) as fc.Arbitrary<ConditionDraft>
  fc.assert(
    fc.property(draft, (one) => {
      const reading = readDraft(one, language)
      // Only lists can be asked for what they have.
      if (reading.kind === 'incomplete' || (one.kind === 'key' && one.operator === 'has' && one.key !== 'tags')) return
      expect(language.parse(language.print(reading.condition))).toEqual(reading.condition)
    }),
    { numRuns: 500 },
  )
})

const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    condition,
    fc.record({ kind: fc.constantFrom('and', 'or'), of: fc.array(tie('node'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not'), of: tie('node') }),
  ),
})).node as fc.Arbitrary<RunQueryNode>

test('every query has chips, and each chip stands for its part', () => {
  fc.assert(
    fc.property(tree, (query) => {
      const root = toGroup(query)
      const visit = (part: RunQueryNode, path: QueryPath): void => {
        expect(sayPart(part, language)).not.toBe('')
        const inner = behindNot(part, path)
        expect(partAt(root, inner.path)).toBe(inner.part)
        expect(withPart(root, inner.path, inner.part)).toEqual(root)
        if (inner.part.kind === 'and' || inner.part.kind === 'or') {
          for (const [index, one] of inner.part.of.entries()) visit(one, [...inner.path, index])
        }
      }
      for (const [index, part] of root.of.entries()) visit(part, [index])
      expect(fromGroup(root)).toEqual(query)
    }),
    { numRuns: 200 },
  )
})
