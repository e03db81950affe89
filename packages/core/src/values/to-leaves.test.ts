import { describe, expect, test } from 'vitest'
import { CyclicValueError, InvalidKeyError } from '../errors.ts'
import { Image } from '../media/image.ts'
import type { SkipReason, ValueDestination } from './classify-value.ts'
import { toJson, toLeaves } from './to-leaves.ts'

function leavesOf(value: unknown, destination: ValueDestination = 'history') {
  const skipped: [SkipReason, string][] = []
  const leaves = toLeaves(value, { destination, onSkip: (reason, path) => skipped.push([reason, path.join('.')]) })
  return {
    leaves: Object.fromEntries(leaves.map((leaf) => [leaf.path.join('|'), 'json' in leaf ? leaf.json : 'media'])),
    skipped,
  }
}

class Tensor {
  shape = [1]
  dataSync = () => Float32Array.of(1)
}

const long = Float32Array.from({ length: 64 }, (_, index) => index)

describe('values by destination', () => {
  test.each<[string, unknown, Record<ValueDestination, string | undefined>]>([
    ['a number', 1.5, { history: '1.5', summary: '1.5', config: '1.5' }],
    ['a negative zero', -0, { history: '-0', summary: '-0', config: '-0' }],
    ['NaN', Number.NaN, { history: 'NaN', summary: 'null', config: 'null' }],
    ['Infinity', -Infinity, { history: '-Infinity', summary: '-Infinity', config: '-Infinity' }],
    [
      'a bigint',
      2n ** 60n,
      { history: '1152921504606846976', summary: '1152921504606846976', config: '1152921504606846976' },
    ],
    ['null', null, { history: 'null', summary: 'null', config: 'null' }],
    ['a list with NaN', [1, [Number.NaN]], { history: '[1,[NaN]]', summary: '[1,[NaN]]', config: '[1,[null]]' }],
    [
      'a Date',
      new Date(0),
      {
        history: '"1970-01-01T00:00:00.000Z"',
        summary: '"1970-01-01T00:00:00.000Z"',
        config: '"1970-01-01T00:00:00.000Z"',
      },
    ],
    ['a Set', new Set([1, 'a']), { history: '[1,"a"]', summary: '[1,"a"]', config: '[1,"a"]' }],
    ['a Buffer', Buffer.from('häh'), { history: '"häh"', summary: '"häh"', config: '"häh"' }],
    ['an ArrayBuffer', new TextEncoder().encode('x').buffer, { history: '"x"', summary: '"x"', config: '"x"' }],
    ['a function in the config', Math.max, { history: undefined, summary: undefined, config: '"max"' }],
    ['one element', Float32Array.of(2), { history: '2', summary: '2', config: '2' }],
    ['a short typed array', Uint8Array.of(1, 2), { history: '[1,2]', summary: '[1,2]', config: '[1,2]' }],
    [
      'a long typed array in the config',
      long,
      { history: undefined, summary: undefined, config: '"Float32Array(64) [0, 1, 2, …, 61, 62, 63]"' },
    ],
    ['an object with toJSON', { toJSON: () => 'text' }, { history: '"text"', summary: '"text"', config: '"text"' }],
    ['a URL', new URL('http://x/'), { history: '"http://x/"', summary: '"http://x/"', config: '"http://x/"' }],
    [
      'an Error',
      new TypeError('no'),
      { history: '"TypeError: no"', summary: '"TypeError: no"', config: '"TypeError: no"' },
    ],
    ['a boxed number', Object(3), { history: '3', summary: '3', config: '3' }],
  ])('%s', (_, value, expected) => {
    for (const destination of ['history', 'summary', 'config'] as const) {
      const json = expected[destination]
      if (json !== undefined) expect(leavesOf({ key: value }, destination).leaves).toEqual({ key: json })
    }
  })

  test('a long typed array is a histogram in history', () => {
    const { leaves } = leavesOf({ w: long })
    expect(Object.keys(leaves)).toEqual(['w|_type', 'w|values', 'w|bins'])
    expect(leaves['w|_type']).toBe('"histogram"')
    expect(JSON.parse(leaves['w|values'] ?? '')).toEqual(new Array(32).fill(2))
    const bins = JSON.parse(leaves['w|bins'] ?? '')
    expect(bins).toHaveLength(33)
    expect([bins[0], bins[32]]).toEqual([0, 63])
  })

  test('a long typed array has statistics in the summary', () => {
    const { leaves } = leavesOf({ w: long }, 'summary')
    expect(leaves).toMatchObject({ 'w|_type': '"numpy.ndarray"', 'w|min': '0', 'w|max': '63', 'w|size': '64' })
    expect(leaves['w|25%']).toBe('15.75')
    expect(Number(leaves['w|mean'])).toBeCloseTo(31.5)
    expect(Number(leaves['w|var'])).toBeCloseTo(341.25)
  })
})

describe('structure', () => {
  test('nested objects and Maps become paths, and empty ones vanish', () => {
    const value = { a: { b: 1, 'c.d': { e: 2 } }, m: new Map<unknown, number>([[1, 3]]), empty: {}, list: [{ x: 1 }] }
    expect(leavesOf(value).leaves).toEqual({ 'a|b': '1', 'a|c.d|e': '2', 'm|1': '3', list: '[{"x":1}]' })
  })

  test('the same object twice is no cycle', () => {
    const shared = { x: 1 }
    expect(leavesOf({ a: shared, b: [shared, shared] }).leaves).toEqual({ 'a|x': '1', b: '[{"x":1},{"x":1}]' })
  })

  test('cycles and symbols are refused', () => {
    const cyclic: { inner: unknown } = { inner: undefined }
    cyclic.inner = new Map([['back', [cyclic]]])
    expect(() => leavesOf(cyclic)).toThrow(CyclicValueError)
    const gallery: unknown[] = [new Image(new Uint8Array(1), { width: 1, height: 1 })]
    gallery.push([gallery])
    expect(() => leavesOf({ gallery })).toThrow(CyclicValueError)
    expect(() => leavesOf({ a: { [Symbol('s')]: 1 } })).toThrow(InvalidKeyError)
    expect(() => leavesOf(new Map([[{}, 1]]))).toThrow('Keys are strings, not an object.')
  })

  test('a key named __proto__ inside a list stays a key', () => {
    const json = toJson([JSON.parse('{"__proto__": 1}')], { destination: 'history', onSkip() {} })
    expect(JSON.stringify(json)).toBe('[{"__proto__":1}]')
  })
})

describe('what cannot be written', () => {
  test('is left out with its reason, and the rest stays', () => {
    const value = {
      good: 1,
      undef: undefined,
      sym: Symbol('s'),
      fn: Math.max,
      promise: Promise.resolve(1),
      tensor: new Tensor(),
      date: new Date(Number.NaN),
      weights: new Float32Array(40).fill(Number.NaN),
      get bad() {
        throw new Error('no')
      },
    }
    const { leaves, skipped } = leavesOf(value)
    expect(leaves).toEqual({ good: '1' })
    expect(skipped).toEqual([
      ['undefined', 'undef'],
      ['symbol', 'sym'],
      ['function', 'fn'],
      ['promise', 'promise'],
      ['tensor', 'tensor'],
      ['invalid-date', 'date'],
      ['no-finite-numbers', 'weights'],
      ['unreadable', 'bad'],
    ])
  })

  test('keeps its place in a list', () => {
    expect(leavesOf({ list: [1, undefined, 3] }).leaves).toEqual({ list: '[1,null,3]' })
  })

  test('may be nesting that has no end', () => {
    let deep: unknown = 1
    for (let level = 0; level < 600; level += 1) deep = [deep]
    expect(leavesOf({ deep }).skipped[0]?.[0]).toBe('too-deep')
  })
})
