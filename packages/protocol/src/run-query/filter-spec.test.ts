import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StrictJson } from '../page/page-api.ts'
import { parseRunQuery } from './parse-run-query.ts'
import { printQueryKey, printRunQuery } from './print-run-query.ts'
import { readFilterSpec } from './read-filter-spec.ts'
import type { QueryKey, QueryValue, RunQueryNode } from './run-query.ts'
import { type WriteFilterSpecOptions, writeFilterSpec } from './write-filter-spec.ts'

const leaf = (section: string, name: string, op: string, value: StrictJson, rest = {}) => ({
  key: { section, name },
  op,
  value,
  disabled: false,
  ...rest,
})
const tree = (...alternatives: readonly (readonly StrictJson[])[]) => ({
  op: 'OR',
  filters: alternatives.map((filters) => ({ op: 'AND', filters })),
})
const list = (...filters: readonly StrictJson[]) => ({ filterFormat: 'filterV2', filters })
const read = (spec: StrictJson | undefined) => {
  const { query, isWhole } = readFilterSpec(spec)
  return [query === undefined ? '' : printRunQuery(query), isWhole]
}
const write = (text: string, options?: WriteFilterSpecOptions) => writeFilterSpec(parseRunQuery(text), options)
const lr = leaf('config', 'lr', '>=', 0.001)
const finished = leaf('run', 'state', '=', 'finished')

describe('readFilterSpec', () => {
  test('reads trees', () => {
    expect(read(tree([lr, finished], [leaf('summary', 'val/loss', '<', 1)]))).toEqual([
      'config.lr >= 0.001 and state = finished or summary.val/loss < 1',
      true,
    ])
    expect(read(tree([]))).toEqual(['', true])
    expect(read(undefined)).toEqual(['', true])
  })

  test('reads lists, in which AND binds closer, and groups in them', () => {
    const group = { connector: 'AND', filters: [finished, leaf('run', 'username', '=', 'ana', { connector: 'OR' })] }
    expect(read(list(lr, group, leaf('run', 'group', '=', 'g', { connector: 'OR' })))).toEqual([
      'config.lr >= 0.001 and (state = finished or user = ana) or group = g',
      true,
    ])
  })

  test.each([
    [leaf('run', 'state', 'IN', ['Finished', 'Crashed']), 'state in [finished, crashed]'],
    [leaf('run', 'tags', 'IN', ['a']), 'tags has a'],
    [leaf('run', 'tags', '!=', 'a'), 'not tags has a'],
    [leaf('run', 'tags', 'NIN', ['a', 'b']), 'not tags in [a, b]'],
    [leaf('tags', 'a b', '=', true), 'tags has "a b"'],
    [leaf('run', 'createdAt', 'WITHINSECONDS', 604_800), 'created > -7d'],
    [leaf('config', 'optimizer.value.lr', '=', null), 'not has(config.optimizer.lr)'],
    [leaf('keys_info', 'loss', '!=', null), 'has(summary.loss)'],
    [leaf('run', '_step', '>', 10), 'summary._step > 10'],
    [leaf('config', 'lr', '=', 1, { disabled: true }), ''],
  ])('reads %j', (spec, text) => {
    expect(read(tree([spec]))).toEqual([text, true])
  })

  test('leaves out what it cannot read, so that more is let through', () => {
    const strange = leaf('config', 'lr', 'RESEMBLES', 1)
    expect(read(tree([lr, strange]))).toEqual(['config.lr >= 0.001', false])
    expect(read(tree([lr], [strange]))).toEqual(['', false])
    expect(read(list(finished, { ...strange, connector: 'OR' }))).toEqual(['', false])
    expect(read({ filterFormat: 'filterV3', filters: [lr] })).toEqual(['', false])
    expect(read(tree([leaf('run', 'createdAt', '>', 'soon')]))).toEqual(['', false])
    expect(read('x')).toEqual(['', false])
  })
})

describe('writeFilterSpec', () => {
  test('writes alternatives of conditions', () => {
    expect(
      write('(lr >= 1e-3 or val/loss < 1) and not tags has a', {
        locate: (name) => (name === 'lr' ? 'config' : 'summary'),
      }),
    ).toEqual({
      spec: tree(
        [lr, leaf('run', 'tags', 'NIN', ['a'])],
        [leaf('summary', 'val/loss', '<', 1), leaf('run', 'tags', 'NIN', ['a'])],
      ),
      isWhole: true,
    })
    expect(write('')).toEqual({ spec: tree([]), isWhole: true })
  })

  test('keeps the form and what is switched off', () => {
    const off = leaf('config', 'seed', '=', 1, { disabled: true })
    expect(
      write('state = finished or config.lr >= 0.001', { before: list(lr, { ...off, connector: 'AND' }) }).spec,
    ).toEqual(list(finished, { ...lr, connector: 'OR' }, { ...off, connector: 'AND' }))
    expect(write('state = finished', { before: tree([off]) }).spec).toEqual(tree([finished, off]))
  })

  test('leaves a filter that asks the same, and one of an unknown form', () => {
    const before = { ...list({ ...finished, id: 'x' }), more: 1 }
    expect(write('state = finished', { before }).spec).toBe(before)
    const unknown = { filterFormat: 'filterV3', filters: [lr] }
    expect(write('state = finished', { before: unknown })).toEqual({ spec: unknown, isWhole: false })
  })

  test.each([
    'resnet',
    'name ~ /a/',
    'created > "2026-01-01" and updated > -1d',
    'not config.lr < 1',
    'a = 1 or resnet',
    'a = 1 or not (a < 0 or a > 0)',
  ])('tells that W&B has no words for all of %s', (text) => {
    const { spec, isWhole } = write(text)
    expect(isWhole).toBe(false)
    expect(read(spec)[0]).toBe(text.startsWith('created') ? 'created > 2026-01-01' : '')
  })
})

type Run = Readonly<Record<string, QueryValue | undefined>>

/** Whether a run answers a query, in the naive way. Lists have one element here. */
function isMatch(node: RunQueryNode, run: Run): boolean {
  switch (node.kind) {
    case 'and':
      return node.of.every((part) => isMatch(part, run))
    case 'or':
      return node.of.some((part) => isMatch(part, run))
    case 'not':
      return !isMatch(node.of, run)
    case 'compare': {
      const value = run[printQueryKey(node.key)] ?? null
      if (node.operator === '=') return value === node.value
      if (node.operator === '!=') return value !== node.value
      if (typeof value !== 'number' || typeof node.value !== 'number') return false
      return node.operator === '<' ? value < node.value : value > node.value
    }
    case 'in':
      return node.values.includes(run[printQueryKey(node.key)] ?? null)
    case 'includes':
      return run[printQueryKey(node.key)] === node.value
    case 'exists':
      return (run[printQueryKey(node.key)] ?? null) !== null
    default:
      throw new Error(`${node.kind} is not among those that are made`)
  }
}

const key = fc.constantFrom<QueryKey>(
  { namespace: 'config', name: 'a' },
  { namespace: 'summary', name: 'b' },
  { namespace: 'auto', name: 'group' },
)
const value = fc.constantFrom<QueryValue>(0, 1, 2, 'x', true, null)
const condition = fc.oneof(
  fc.record({ kind: fc.constant('compare'), key, operator: fc.constantFrom('=', '!=', '<', '>'), value }),
  fc.record({ kind: fc.constant('in'), key, values: fc.array(value, { maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('includes'),
    key: fc.constant({ namespace: 'auto', name: 'tags' }),
    value: fc.constantFrom('x', 'y'),
  }),
  fc.record({ kind: fc.constant('exists'), key }),
)
const query = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    condition,
    fc.record({ kind: fc.constantFrom('and', 'or'), of: fc.array(tie('node'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not'), of: tie('node') }),
  ),
})).node as fc.Arbitrary<RunQueryNode>
const run = fc.record({
  'config.a': fc.option(value, { nil: undefined }),
  'summary.b': fc.option(value, { nil: undefined }),
  group: fc.option(value, { nil: undefined }),
  tags: fc.constantFrom(undefined, 'x', 'y'),
})
const form = fc.constantFrom(undefined, list(lr), tree([lr], [finished]))

test('what is written asks the same when it is read, or lets more through and says so', () => {
  fc.assert(
    fc.property(query, form, fc.array(run, { minLength: 10, maxLength: 10 }), (asked, before, runs) => {
      const { spec, isWhole } = writeFilterSpec(asked, { before })
      const written = readFilterSpec(spec)
      expect(written.isWhole).toBe(true)
      for (const one of runs) {
        const [wanted, found] = [isMatch(asked, one), written.query === undefined || isMatch(written.query, one)]
        if (isWhole) expect(found).toBe(wanted)
        else expect(found || !wanted).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})
