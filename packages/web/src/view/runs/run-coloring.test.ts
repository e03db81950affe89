import { describe, expect, test } from 'vitest'
import { contrastRatio } from '../../../test/support/color-difference.ts'
import { panelBackground, styleOfRun, type Theme } from '../chart/palette.ts'
import { coloredLook, coloringLegend, ownColoring, type RunColoring, toScale, toValueColoring } from './run-coloring.ts'

const run = { number: 9, color: 'hue-2' }
const edgesOf = (coloring: RunColoring | undefined) => (coloring?.kind === 'scale' ? coloring.edges : undefined)

describe('runs coloured by a number', () => {
  test('have a bucket for each value where there are few, else buckets of equally many runs', () => {
    expect(edgesOf(toScale('config.lr', [0.1, 0.001, 0.1, 0.01, Number.NaN], 6))).toEqual([0.001, 0.01])
    const many = Array.from({ length: 100 }, (_, i) => i)
    expect(edgesOf(toScale('k', many, 4))).toEqual([24, 49, 74])
    // Most runs have one value, which is in one bucket all the same.
    const mostly = [...Array.from({ length: 90 }, () => 5), ...many.slice(0, 10).map((i) => i * 10)]
    expect(edgesOf(toScale('k', mostly, 4))).toEqual([10, 40, 70])
    expect(toScale('k', [1, 1, Number.POSITIVE_INFINITY], 4)).toBeUndefined()
  })

  test('lie in the bucket of their value, keep their dash, and stand apart where they have none', () => {
    const scale: RunColoring = { kind: 'scale', key: 'k', edges: [1, 2] }
    const colorOf = (value: number | string | null) => coloredLook(scale, [value], run)
    expect([0, 1, 1.5, 2, 3].map((value) => colorOf(value).color)).toEqual(
      ['0', '0', '1', '1', '2'].map((bucket) => `scale-${bucket}-3`),
    )
    expect([colorOf(null).color, colorOf('x').color, colorOf(1).number]).toEqual(['scale-none', 'scale-none', 9])
    expect(coloringLegend(scale).map(({ label }) => label)).toEqual(['≤ 1', '1 – 2', '> 2', 'No number'])
    expect(styleOfRun(colorOf(1), 'light').dashName).toBe(styleOfRun(run, 'light').dashName)
  })

  test.each(['light', 'dark'] as Theme[])('stand out from the %s panel, each bucket in another colour', (theme) => {
    for (const count of [2, 8]) {
      const looks = coloringLegend({ kind: 'scale', key: 'k', edges: Array.from({ length: count - 1 }, (_, i) => i) })
      const colors = looks.map(({ look }) => styleOfRun(look, theme).color)
      expect(new Set(colors).size).toBe(count + 1)
      for (const color of colors) expect(contrastRatio(toHex(color), panelBackground[theme])).toBeGreaterThanOrEqual(3)
    }
  })
})

test('runs coloured by their values look alike exactly if these are the same, whatever else there is', () => {
  const coloring = toValueColoring(
    ['run.group', 'config.n'],
    [
      ['b', 10],
      ['a', 2],
      ['a', 10],
      ['a', 2],
    ],
  )
  expect(coloring).toMatchObject({ values: ['a, 2', 'a, 10', 'b, 10'] })
  const numberOf = (...values: (string | number)[]) => coloredLook(coloring, values, run).number
  expect([numberOf('a', 2), numberOf('a', 10), numberOf('b', 10)]).toEqual([1, 2, 3])
  expect(numberOf('new', 1)).toBeGreaterThan(3)
  expect(numberOf('new', 1)).toBe(numberOf('new', 1))
  expect(coloredLook(ownColoring, [], run)).toEqual(run)
})

describe('of many values', () => {
  const textOf = (i: number) => `v${i}`
  const coloringOf = (count: number) =>
    toValueColoring(
      ['k'],
      Array.from({ length: count }, (_, i) => [textOf(i)]),
    )

  test.each([1, 5, 31])('%i known ones have looks that no other value has', (count) => {
    const coloring = coloringOf(count)
    const styleOf = (text: string) => JSON.stringify(styleOfRun(coloredLook(coloring, [text], run), 'light'))
    const known = new Set(Array.from({ length: count }, (_, i) => styleOf(textOf(i))))
    expect(known.size).toBe(count)
    for (let i = 0; i < 100; i++) expect(known).not.toContain(styleOf(`other ${i}`))
  })

  test('the most frequent have a look each, and the legend says how many share the last one', () => {
    const rare = Array.from({ length: 40 }, (_, i) => [textOf(i)])
    const coloring = toValueColoring(['k'], [...rare, ['often'], ['often'], ['v39']])
    const legend = coloringLegend(coloring)
    expect(legend.map(({ label }) => label)).toEqual([
      'often',
      ...Array.from({ length: 29 }, (_, i) => textOf(i)),
      'v39',
      '10 more values',
    ])
    expect(coloredLook(coloring, ['v35'], run)).toEqual(legend.at(-1)!.look)
  })

  test('long texts are cut and stay apart', () => {
    const long = (end: string) => [{ text: '😀'.repeat(1000), end }]
    const coloring = toValueColoring(['k'], [long('a'), long('b')])
    const labels = coloringLegend(coloring).map(({ label }) => label)
    expect(labels.every((label) => label.length < 140 && label.isWellFormed())).toBe(true)
    expect(new Set([long('a'), long('b')].map((values) => coloredLook(coloring, values, run).number))).toEqual(
      new Set([1, 2]),
    )
  })
})

function toHex(color: string): string {
  const channels = /^rgb\((\d+) (\d+) (\d+)\)$/.exec(color)
  if (!channels) return color
  return `#${channels
    .slice(1)
    .map((channel) => Number(channel).toString(16).padStart(2, '0'))
    .join('')}`
}
