import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunKeyInfo } from '../page/runs-api.ts'
import { completeQuery } from './complete-query.ts'
import { parseRunQuery } from './parse-run-query.ts'
import { runQueryLanguage } from './query-language.ts'

const info = (key: string, rest: Partial<RunKeyInfo> = {}): RunKeyInfo => ({
  key,
  runCount: 4,
  isVarying: true,
  kind: 'number',
  min: 0,
  max: 1,
  commonValues: [],
  ...rest,
})
const language = runQueryLanguage([
  info('config.optimizer.name', { kind: 'text', commonValues: ['adam', 'a b', '3'] }),
  info('config.my key', { kind: 'boolean', commonValues: [true, false] }),
  info('summary.loss'),
  info('summary._runtime'),
])
const complete = (text: string) => completeQuery(text, text.length, language).map((one) => one.text)

describe('completeQuery', () => {
  test('knows keys, beginnings first', () => {
    expect(complete('lo')).toEqual(['summary.loss'])
    expect(complete('state = failed and opt')).toEqual(['config.optimizer.name'])
    expect(complete('has(my')).toEqual(['"config.my key"'])
    expect(complete('not (lo')).toEqual(['summary.loss'])
    expect(completeQuery('a and na', 8, language)[0]).toEqual({ text: 'name', detail: 'of the run', from: 6, to: 8 })
    expect(completeQuery('lo and x', 2, language)).toMatchObject([{ text: 'summary.loss', from: 0, to: 2 }])
  })

  test('knows values after a sign, and no numbers', () => {
    expect(complete('state = f')).toEqual(['finished', 'failed'])
    expect(complete('optimizer.name = ')).toEqual(['adam', '"a b"', '"3"'])
    expect(complete('optimizer.name = "a')).toEqual(['adam', '"a b"'])
    expect(complete('config.optimizer.name in [adam, a')).toEqual(['adam', '"a b"'])
    expect(complete('"config.my key" = t')).toEqual(['true'])
    expect(complete('created > ')).toEqual(['-1h', '-1d', '-7d', '-30d'])
    expect(complete('loss < 0')).toEqual([])
    expect(complete('name ~ /res')).toEqual([])
  })

  test('knows what runs have in their fields, the most frequent first', () => {
    const values = (...found: readonly string[]) => found.map((value) => ({ value, runCount: 1 }))
    const ofRuns = runQueryLanguage(
      [],
      [
        { field: 'tags', values: values('baseline', 'night run', 'new') },
        { field: 'user', values: values('ada', 'bob') },
        { field: 'state', values: values('failed') },
      ],
    )
    const completeIn = (text: string) => completeQuery(text, text.length, ofRuns).map((one) => one.text)
    expect(completeIn('tags has ni')).toEqual(['"night run"'])
    expect(completeIn('not tags in [')).toEqual(['baseline', '"night run"', 'new'])
    expect(completeIn('user = ')).toEqual(['ada', 'bob'])
    expect(completeIn('run.user = b')).toEqual(['bob'])
    // There may be runs of any state later.
    expect(completeIn('state = ').slice(0, 2)).toEqual(['failed', 'running'])
    expect(completeIn('state = f')).toEqual(['failed', 'finished'])
    expect(completeIn('group = ')).toEqual([])
  })

  test('knows the operators of a key, and what goes on behind a condition', () => {
    expect(complete('loss ')).toEqual(['<', '<=', '>', '>=', '=', '!=', 'in', 'exists'])
    expect(complete('state ')).toEqual(['=', '!=', 'in'])
    expect(complete('tags ')).toEqual(['has', 'in', '~', 'exists'])
    expect(complete('resnet ')).toEqual(['and', 'or'])
    expect(complete('loss < 1 ')).toEqual(['and', 'or'])
    expect(complete('loss exists ')).toEqual(['and', 'or'])
    expect(complete('(loss < 1 o')[0]).toBe('or')
    expect(complete('(loss < 1 ')).toEqual(['and', 'or', ')'])
    expect(complete('lr in ')).toEqual(['['])
    expect(complete('lr in [1 ')).toEqual([']'])
  })
})

test('whatever is typed, a completion stands for the word before the cursor', () => {
  const piece = fc.constantFrom(
    'loss',
    'state',
    ' ',
    '"',
    '~',
    '/',
    '(',
    ')',
    '[',
    ']',
    ',',
    '<',
    '=',
    'in',
    'has',
    'exists',
    'and',
    'a',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(30), (pieces, at) => {
      const text = pieces.join('')
      const cursor = Math.min(at, text.length)
      for (const { from, to } of completeQuery(text, cursor, language)) {
        expect(from <= to && to === cursor).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
})

test('a query can be built of nothing but completions', () => {
  let text = ''
  for (const start of ['lo', '', '1 ', 'an', 'sta', '=', 'fin', 'or', '(opt', '=', '"a b', ')']) {
    text += start
    const [first] = /[=1)]\s*$/.test(start) ? [] : completeQuery(text, text.length, language)
    text = first === undefined ? `${text.trimEnd()} ` : `${text.slice(0, first.from)}${first.text} `
  }
  expect(text).toBe('summary.loss < 1 and state = finished or (config.optimizer.name = "a b" ) ')
  expect(parseRunQuery(text)).toBeDefined()
})
