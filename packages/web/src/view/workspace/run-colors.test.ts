import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RunColoring, toValueColoring } from '../runs/run-coloring.ts'
import { type JsonObject, objectAt } from './json.ts'
import { readWorkspace } from './read-workspace.ts'
import { recolor, withRunColors } from './run-colors.ts'
import { emptyWorkspace } from './workspace.ts'
import { writeWorkspace } from './write-workspace.ts'

const saved = {
  section: {
    customRunColors: {
      // The storage id of run a.
      UnVuOnYxOmE6cDpl: '#ff0000',
      b: '#00ff00',
      'run-color-group:x': '#0000ff',
      ref: { type: 'run-colors' },
    },
    runSets: [{ id: 's', unknown: 1 }],
  },
} as unknown as JsonObject
const colorsOf = (spec: JsonObject) => objectAt(objectAt(spec, 'section'), 'customRunColors')
const again = (spec: JsonObject) => {
  const { separated, runColors, runSets } = readWorkspace(spec)
  return { separated, runColors: [...runColors], colorings: runSets.map(({ coloring }) => coloring) }
}

describe('colours of a view', () => {
  test('spread over runs are told to W&B, and what else it holds stays', () => {
    const apart = writeWorkspace(recolor(readWorkspace(saved), { separated: ['c', 'a'] }))
    expect(colorsOf(apart)).toEqual({
      c: '#4588f7',
      a: '#ac5107',
      b: '#00ff00',
      'run-color-group:x': '#0000ff',
      ref: { type: 'run-colors' },
    })
    expect(again(apart)).toMatchObject({ separated: ['c', 'a'], runColors: [['b', '#00ff00']] })
    // A colour that a program of W&B gives one of them since then counts.
    const given = { section: { ...objectAt(apart, 'section'), customRunColors: { ...colorsOf(apart), c: '#123456' } } }
    expect(again(given).runColors).toContainEqual(['c', '#123456'])
    const reset = writeWorkspace(recolor(readWorkspace(apart), {}))
    expect(colorsOf(reset)).toEqual({ 'run-color-group:x': '#0000ff', ref: { type: 'run-colors' } })
    expect(again(reset)).toEqual({ separated: [], runColors: [], colorings: [{ kind: 'own' }] })
  })

  test('by key stand in the set, and take the place of those that were spread', () => {
    const coloring: RunColoring = { kind: 'scale', key: 'config.lr', edges: [0.1, 1] }
    const apart = recolor(readWorkspace(saved), { separated: ['c'] })
    const colored = writeWorkspace(recolor(apart, { setId: 's', coloring }))
    expect(again(colored)).toMatchObject({ separated: [], colorings: [coloring] })
    expect(objectAt(colored, 'section').runSets).toEqual([{ id: 's', unknown: 1, lossline: { coloring } }])
    const many = Array.from({ length: 50 }, (_, i) => [i])
    for (const byGroup of [toValueColoring(['run.group'], [['x'], ['y']]), toValueColoring(['config.n'], many)]) {
      expect(again(writeWorkspace(recolor(emptyWorkspace, { setId: 'set-1', coloring: byGroup }))).colorings).toEqual([
        byGroup,
      ])
    }
  })

  test('that make no sense count as none, and are kept', () => {
    for (const coloring of [
      { kind: 'scale', key: 'k', edges: [2, 1] },
      { kind: 'scale', edges: [1] },
      { kind: 'new' },
      7,
    ]) {
      const spec = { section: { runSets: [{ id: 's', lossline: { coloring } }] } } as unknown as JsonObject
      expect(again(spec).colorings).toEqual([{ kind: 'own' }])
      expect(writeWorkspace(readWorkspace(spec))).toEqual(spec)
    }
  })

  test('come back as they were given, whatever was before', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 4 }), (list) => {
        const last = list.reduce(
          (spec, separated) => writeWorkspace(recolor(readWorkspace(spec), { separated })),
          saved,
        )
        expect(readWorkspace(last).separated).toEqual(list.at(-1) ?? [])
        expect(colorsOf(last).ref).toEqual({ type: 'run-colors' })
      }),
    )
  })
})

test('runs have the colour that somebody gave them, else what tells them apart, else that of their value', () => {
  const run = (runId: string, value: number) => ({ runId, number: 7, color: '', values: [value] })
  const runs = [run('a', 1), run('b', 2), undefined, run('c', 3)]
  const view = { runColors: new Map([['a', '#ff0000']]), separated: ['c', 'b'] }
  const scale: RunColoring = { kind: 'scale', key: 'k', edges: [2] }
  const looks = (list: typeof runs) => list.map((one) => one && [one.number, one.color])
  expect(looks([...withRunColors(runs, view, scale)])).toEqual([[7, '#ff0000'], [2, ''], undefined, [1, '']])
  const none = { runColors: new Map<string, string>(), separated: [] }
  expect(looks([...withRunColors(runs, none, scale)])).toEqual([
    [7, 'scale-0-2'],
    [7, 'scale-0-2'],
    undefined,
    [7, 'scale-1-2'],
  ])
  expect(withRunColors(runs, none, { kind: 'own' })).toBe(runs)
})
