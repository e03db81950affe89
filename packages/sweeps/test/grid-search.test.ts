import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Assignment, createGrid, parseSweepConfig } from '../src/index.ts'

const gridOf = (parameters: string) =>
  createGrid(parseSweepConfig(`method: grid\nparameters: ${parameters}`).config.parameters)

const all = (parameters: string): readonly Assignment[] => {
  const grid = gridOf(parameters)
  return grid.freePlaces([], 100).map((place) => grid.assignmentAt(place))
}

describe('the order of a grid', () => {
  test('names sorted, the last one fastest; max of q_uniform is left out', () => {
    const points = all(
      '{b: {values: [1, 2]}, a: {values: [x, y]}, q: {distribution: q_uniform, min: 0, max: 1, q: 0.5}}',
    )
    expect(points.map(({ a, b, q }) => [a, b, q])).toEqual([
      ['x', 1, 0],
      ['x', 1, 0.5],
      ['x', 2, 0],
      ['x', 2, 0.5],
      ['y', 1, 0],
      ['y', 1, 0.5],
      ['y', 2, 0],
      ['y', 2, 0.5],
    ])
  })

  test('nested parameters and constants are in each assignment; constants alone are one point', () => {
    const points = all('{opt: {parameters: {name: {values: [adam, sgd]}, beta: {value: 0.9}}}, seed: {min: 1, max: 2}}')
    expect(points).toHaveLength(4)
    expect(points[1]).toEqual({ opt: { name: 'adam', beta: 0.9 }, seed: 2 })
    expect(all('{a: {value: null}}')).toEqual([{ a: null }])
  })
})

describe('points that are taken', () => {
  test('by a run in any form: 1.0 for 1, keys in another order, keys that a run added', () => {
    const grid = gridOf('{a: {values: [1, 2]}, o: {values: [{p: 1, q: 2}, {p: 3}]}}')
    expect(grid.placeOf({ a: 1.0, o: { q: 2, p: 1 } })).toBe(0)
    expect(grid.placeOf({ a: 2, o: { p: 3, added: true }, more: 1 })).toBe(3)
    expect(grid.placeOf({ a: 2 })).toBeUndefined()
    expect(grid.placeOf({ a: 7, o: { p: 3 } })).toBeUndefined()
    expect(grid.freePlaces([{ a: 1, o: { p: 1, q: 2 } }, { a: 2 }], 9)).toEqual([1, 2, 3])
  })

  test('a value that is there twice is one point', () => {
    expect(gridOf('{a: {values: [1, 1.0, x]}}').pointCount).toBe(2)
  })

  test('each point is handed out once, whatever was taken before', () => {
    const grid = gridOf('{a: {min: 1, max: 4}, b: {values: [x, y, z]}, c: {values: [true, false]}}')
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(grid.pointCount - 1)), (before) => {
        const configs = before.map((place) => grid.assignmentAt(place))
        const places = new Set(before)
        for (;;) {
          const [place] = grid.freePlaces(configs, 1)
          if (place === undefined) break
          expect(places.has(place)).toBe(false)
          places.add(place)
          configs.push(grid.assignmentAt(place))
        }
        expect(places.size).toBe(grid.pointCount)
      }),
    )
  })

  test('a grid of a billion points costs nothing', () => {
    const grid = gridOf('{a: {min: 1, max: 1000}, b: {min: 1, max: 1000}, c: {min: 1, max: 1000}}')
    expect(grid.pointCount).toBe(1e9)
    expect(grid.assignmentAt(1e9 - 1)).toEqual({ a: 1000, b: 1000, c: 1000 })
    expect(grid.freePlaces([{ a: 1, b: 1, c: 1 }], 2)).toEqual([1, 2])
  })
})

test('a parameter without end is refused with what may be said instead', () => {
  const { config } = parseSweepConfig('method: random\nparameters: {a: {distribution: normal}}')
  expect(() => createGrid(config.parameters)).toThrow(
    'Parameter a is a disallowed type with grid search: normal. Grid search takes constant, categorical, int_uniform and q_uniform parameters.',
  )
})
