import { describe, expect, test } from 'vitest'
import { ConfigLockedError, CyclicValueError, InvalidKeyError, ReservedKeyError } from '../errors.ts'
import { createConfigTree } from './config-tree.ts'

const locked = { allowValChange: false }
const open = { allowValChange: true }

describe('merge', () => {
  test('goes leaf by leaf and returns what changed', () => {
    const tree = createConfigTree({ optimizer: { name: 'adam', beta: 0.9 }, epochs: 5 })
    const changes = tree.merge({ optimizer: { name: 'adam', momentum: 0.1 }, batch: 8 }, locked)
    expect(changes).toEqual([
      { kind: 'set', path: ['optimizer', 'momentum'], value: 0.1 },
      { kind: 'set', path: ['batch'], value: 8 },
    ])
    expect(tree.read(['optimizer'])).toEqual({ name: 'adam', beta: 0.9, momentum: 0.1 })
  })

  test('refuses to change a value, and then changes nothing', () => {
    const tree = createConfigTree({ a: 1, b: { c: [1, Number.NaN] } })
    expect(() => tree.merge({ new: 1, b: { c: [2] } }, locked)).toThrow(ConfigLockedError)
    expect(tree.read([])).toEqual({ a: 1, b: { c: [1, Number.NaN] } })
    expect(tree.merge({ a: 1, b: { c: [1, Number.NaN] } }, locked)).toEqual([])
  })

  test('changes a value if allowed, and an object into a value', () => {
    const tree = createConfigTree({ a: { b: 1 } })
    expect(tree.merge({ a: 2 }, open)).toEqual([
      { kind: 'remove', path: ['a'] },
      { kind: 'set', path: ['a'], value: 2 },
    ])
    expect(tree.merge({ a: { c: 3 } }, open)).toEqual([{ kind: 'set', path: ['a'], value: { c: 3 } }])
    expect(tree.read([])).toEqual({ a: { c: 3 } })
  })
})

describe('replace and remove', () => {
  test('put an object in the place of another', () => {
    const tree = createConfigTree({ a: { b: 1 } })
    expect(() => tree.replace(['a'], { c: 2 }, locked)).toThrow(ConfigLockedError)
    expect(tree.replace(['a'], { c: 2 }, open)).toHaveLength(2)
    expect(tree.read([])).toEqual({ a: { c: 2 } })
    expect(tree.replace(['a', 'd'], 3, locked)).toEqual([{ kind: 'set', path: ['a', 'd'], value: 3 }])
    expect(() => tree.remove(['a'], locked)).toThrow(ConfigLockedError)
    expect(tree.remove(['a'], open)).toEqual([{ kind: 'remove', path: ['a'] }])
    expect(tree.remove(['nothing'], locked)).toEqual([])
  })
})

describe('keys and copies', () => {
  test('the caller keeps its own object', () => {
    const given = { layers: [1, 2], nested: { x: 1 } }
    const tree = createConfigTree(given)
    given.layers.push(3)
    given.nested.x = 2
    expect(tree.read([])).toEqual({ layers: [1, 2], nested: { x: 1 } })
  })

  test('dashes around a key go, and keys of every object are ordinary keys', () => {
    const tree = createConfigTree(JSON.parse('{"--lr": 1, "__proto__": {"x": 1}, "constructor": 2}'))
    expect(Object.entries(tree.read([]) as object)).toEqual([
      ['lr', 1],
      ['__proto__', { x: 1 }],
      ['constructor', 2],
    ])
    expect(createConfigTree({}).read(['constructor'])).toBeUndefined()
  })

  test('reserved keys, symbols and cycles are refused', () => {
    const cyclic: Record<string, unknown> = {}
    cyclic.self = [cyclic]
    expect(() => createConfigTree({ _wandb: 1 })).toThrow(ReservedKeyError)
    expect(() => createConfigTree({ a: { [Symbol('s')]: 1 } })).toThrow(InvalidKeyError)
    expect(() => createConfigTree(cyclic)).toThrow(CyclicValueError)
  })
})
