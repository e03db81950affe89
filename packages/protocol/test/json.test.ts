import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type JsonValue, parseJson, stringifyJson, stringifyNumber, toStrictJson } from '../src/index.ts'

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
/** Integers that a double holds come back as numbers. */
const canonical = int64.map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value))
// With lone surrogates.
const anyString = fc.string({ unit: 'binary' }).chain((text) => fc.constantFrom(text, `${text}\ud800`, `\udc00${text}`))

const jsonValue = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(
      null,
      true,
      false,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -0,
      2 ** 53,
      2 ** 53 - 1,
    ),
    fc.double(),
    canonical,
    anyString,
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(anyString, fc.constant('__proto__')), tie('value'), { noNullPrototype: true }),
  ),
})).value

test('what is written is read as the same value', () => {
  fc.assert(
    fc.property(jsonValue, (value) => {
      expect(parseJson(stringifyJson(value))).toEqual(value)
    }),
  )
})

/** JSON without integers that the dialect keeps exactly and JSON.parse does not. */
const plainJson = fc.json({ maxDepth: 5 }).filter((text) => !/(?<![.\d])\d{16,}(?![\d.eE])/.test(text))

test('JSON without special tokens is read as JSON.parse does', () => {
  fc.assert(
    fc.property(plainJson, fc.constantFrom('', ' ', '\n\t'), (text, space) => {
      expect(parseJson(space + text + space)).toEqual(JSON.parse(text))
    }),
  )
})

test('the dialect is read the same way with and without a special token in the text', () => {
  fc.assert(
    fc.property(plainJson, (text) => {
      const [value] = parseJson(`[${text}, NaN]`) as JsonValue[]
      expect(value).toEqual(JSON.parse(text))
    }),
  )
})

test.each([
  ['NaN', Number.NaN],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['[Infinity,{"a":NaN}]', [Number.POSITIVE_INFINITY, { a: Number.NaN }]],
  ['"NaN and Infinity"', 'NaN and Infinity'],
  ['-0', -0],
  ['9007199254740991', 9_007_199_254_740_991],
  ['9007199254740993', 9_007_199_254_740_993n],
  ['[-9007199254740993]', [-9_007_199_254_740_993n]],
  ['9223372036854775807', 2n ** 63n - 1n],
  ['9223372036854775808', 2 ** 63],
  ['0.12345678901234567890', 0.123_456_789_012_345_68],
  ['1e22', 1e22],
  ['{"a":1,"a":2}', { a: 2 }],
])('%s', (text, value) => {
  expect(parseJson(text)).toEqual(value)
})

test.each([
  '',
  '{',
  '[1,]',
  '{"a":NaN,}',
  '[NaN,01]',
  'nan',
  '+1',
  '[NaN] x',
  '{NaN:1}',
  '["\u0001",NaN]',
  '"abc',
  '[NaN,"abc]',
  '--Infinity',
  'NaNa',
])('%j is refused', (text) => {
  expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'invalid-json' }))
})

describe('nesting', () => {
  const nested = (depth: number, core: string) => '['.repeat(depth) + core + ']'.repeat(depth)

  test.each(['1', 'NaN'])('500 levels around %s are read, 501 are not', (core) => {
    expect(() => parseJson(nested(500, core))).not.toThrow()
    expect(() => parseJson(nested(501, core))).toThrow(expect.objectContaining({ code: 'invalid-json' }))
    expect(() => parseJson(nested(100_000, core))).toThrow(expect.objectContaining({ code: 'invalid-json' }))
  })

  test('brackets in strings are no nesting', () => {
    const text = `"${'[\\"'.repeat(600)}"`
    expect(parseJson(text)).toBe(JSON.parse(text))
  })

  test('500 levels are written, a cycle is an error', () => {
    const text = nested(500, '')
    expect(stringifyJson(parseJson(text))).toBe(text)
    const cyclic: JsonValue[] = []
    cyclic.push(cyclic)
    expect(() => stringifyJson(cyclic)).toThrow(expect.objectContaining({ code: 'invalid-json' }))
  })
})

test('whole numbers beyond 2^53 keep being numbers', () => {
  expect(stringifyNumber(2 ** 60)).toBe('1.152921504606847e+18')
  expect(parseJson(stringifyNumber(2 ** 60))).toBe(2 ** 60)
  expect(stringifyNumber(2 ** 53 - 1)).toBe('9007199254740991')
})

test('strict JSON has nothing that other parsers refuse', () => {
  fc.assert(
    fc.property(jsonValue, (value) => {
      const strict = toStrictJson(value)
      expect(JSON.parse(JSON.stringify(strict))).toEqual(JSON.parse(JSON.stringify(strict)))
      expect(JSON.stringify(strict)).not.toMatch(/:null.*NaN(?!")/)
    }),
  )
  expect(toStrictJson([Number.NaN, Number.NEGATIVE_INFINITY, 5n, 2n ** 60n])).toEqual([
    'NaN',
    '-Infinity',
    5,
    '1152921504606846976',
  ])
})
