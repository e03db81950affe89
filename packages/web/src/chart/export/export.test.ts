import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChartLine } from '../chart-line.ts'
import { toPicture, toSvg } from './export-chart.ts'

const style = { color: '#4588f7', dash: [8, 4], width: 1.5, dashName: 'long dash' } as const
const rawLine = (label: string, ys: readonly number[]): ChartLine =>
  ({
    runId: label,
    label,
    style,
    grid: { from: 0, to: ys.length, count: 64, isLog: false },
    series: {
      kind: 'raw',
      x: Float64Array.from(ys, (_, i) => i),
      y: Float64Array.from(ys),
      smoothed: new Float64Array(),
      nonFinite: { x: new Float64Array(), value: new Float64Array() },
      pointCount: ys.length,
      hiddenPointCount: 0,
    },
  }) as unknown as ChartLine

const picture = (lines: readonly ChartLine[], title = 'loss', notes: readonly string[] = []) =>
  toPicture(
    {
      title,
      notes,
      xName: 'Step',
      width: 600,
      height: 320,
      content: {
        lines,
        x: [0, 100],
        y: [0, 10],
        isLogX: false,
        yScale: 'linear',
        xFormat: 'number',
        yUnit: '',
        form: 'line',
        marks: [],
        pins: [],
        breaksGaps: false,
        marksClipped: true,
      },
    },
    { theme: 'dark', isTransparent: false },
  )

test('a spike of one point is in the vectors, at its height', () => {
  const ys = Array.from({ length: 101 }, () => 1)
  ys[50] = 10
  const svg = toSvg(picture([rawLine('run', ys)]))
  const tops = [...svg.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
  const box = /<clipPath[^>]*><rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/
    .exec(svg)!
    .slice(1)
    .map(Number)
  const [left, top, width] = box as [number, number, number]
  expect(tops.some(([x, y]) => Math.abs(x - (left + width / 2)) < 1 && Math.abs(y - top) < 1)).toBe(true)
})

test('the picture has its title, axes, the names of lines, and the colours of the theme that was asked for', () => {
  const svg = toSvg(picture([rawLine('first', [1, 2]), rawLine('second', [2, 3])], 'val/loss'))
  for (const text of ['val/loss', 'Step', 'first', 'second', '100']) expect(svg).toContain(`>${text}</text>`)
  expect(svg).toContain('#16181d')
  expect(svg).toContain('#4f99d6')
  expect(svg).not.toContain('#4588f7')
  expect(svg).toContain('stroke-dasharray="8 4"')
})

test('the picture says how its values came to be, in as many rows as that takes', () => {
  const note = 'smoothed by time-weighted EMA, weight 0.6'
  expect(toSvg(picture([rawLine('first', [1, 2])], 'error', ['1 - acc', note]))).toContain(`>1 - acc · ${note}</text>`)
  const long = toSvg(
    picture(
      [rawLine('first', [1, 2])],
      'error',
      Array.from({ length: 20 }, () => note),
    ),
  )
  const rows = [...long.matchAll(/>([^<]*smoothed[^<]*)<\/text>/g)].map(([, text]) => text)
  expect(rows.length).toBeGreaterThan(5)
  expect(rows.join(' ').split('smoothed').length).toBe(21)
})

test('members of groups have the colours of the theme too, thin and behind the line', () => {
  const base = picture([rawLine('g', [1, 2])])
  const svg = toSvg({ ...base, content: { ...base.content, members: [rawLine('m', [3, 4])] } })
  expect(svg).toMatch(/stroke-width="1"[^>]*opacity="0.5"/)
  const chart = { ...picture([rawLine('g', [1, 2])]), notes: [] }
  const themed = toPicture(
    { ...chart, content: { ...chart.content, members: [rawLine('m', [3, 4])] } },
    { theme: 'dark', isTransparent: false },
  )
  expect(themed.content.members?.[0]?.style.color).toBe('#4f99d6')
})

test('hundreds of lines are as faint in the picture as on the page', () => {
  const many = Array.from({ length: 240 }, (_, i) => rawLine(`run ${i}`, [1, 2]))
  const svg = toSvg(picture(many))
  expect(svg).toContain('opacity="0.5"')
  const lines = svg.slice(0, svg.lastIndexOf('and 200 more'))
  expect(lines.split('stroke-dasharray').length).toBeLessThan(100)
})

test('whatever runs are called, the document is well formed and has nothing in it but what was drawn', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const svg = toSvg(picture([rawLine(name, [1]), rawLine('<script>&"', [2])], name))
      expect(
        [...svg.matchAll(/<\/?([a-zA-Z]+)/g)].every(([, tag]) =>
          ['svg', 'path', 'rect', 'text', 'g', 'clipPath'].includes(tag!),
        ),
      ).toBe(true)
      expect(svg).toContain('&lt;script&gt;&amp;&quot;')
    }),
  )
})

test('lines, marks and pins of a run have its colour in the theme of the picture', () => {
  const { content, ...rest } = picture([rawLine('a', [1, 2])])
  const place = { runId: 'a', x: 1, color: style.color, text: '' }
  const noted = { ...content, marks: [{ ...place, shape: 'alert' as const }], pins: [{ ...place, y: 2 }] }
  const colorsIn = (theme: 'light' | 'dark') => {
    const { lines, marks, pins } = toPicture({ ...rest, content: noted }, { theme, isTransparent: false }).content
    return [lines[0]?.style.color, marks[0]?.color, pins[0]?.color]
  }
  expect(colorsIn('light')).toEqual(Array(3).fill('#4588f7'))
  expect(colorsIn('dark')).toEqual(Array(3).fill('#4f99d6'))
})

test('names of runs add to the picture and take nothing from its plot, which is large enough however small the panel is', () => {
  const boxOf = (svg: string): readonly number[] =>
    /<clipPath[^>]*><rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/.exec(svg)!.slice(1).map(Number)
  const heightOf = (svg: string): number => Number(/<svg[^>]* height="([\d.]+)"/.exec(svg)![1])
  const named = (count: number): string =>
    toSvg({
      ...picture(Array.from({ length: count }, (_, i) => rawLine(`a-run-with-a-rather-long-name-${i}`, [1, 2]))),
      width: 300,
      height: 120,
    })
  const [one, many] = [named(1), named(40)]
  expect(boxOf(many)).toEqual(boxOf(one))
  expect(boxOf(many)[2]).toBeGreaterThan(560)
  expect(boxOf(many)[3]).toBeGreaterThan(300)
  expect(heightOf(many)).toBeGreaterThan(heightOf(one) + 100)
  const last = /y="([\d.]+)"[^>]*>a-run-with-a-rather-long-name-39</.exec(many)
  expect(Number(last?.[1])).toBeLessThan(heightOf(many))
})

test('a name that is wider than the picture is cut', () => {
  const svg = toSvg(picture([rawLine('n'.repeat(500), [1]), rawLine('b', [2])], 't'.repeat(500)))
  expect(svg).toMatch(/>n+…</)
  expect(svg).toMatch(/>t+…</)
  expect(svg).not.toContain('n'.repeat(110))
})
