import { expect, test } from 'vitest'
import { readLineSources } from '../panels/line-source.ts'
import { lineKind } from './automatic-panels.ts'
import { familyConfig, metricFamilies } from './metric-families.ts'
import type { ShownPanel } from './show-workspace.ts'

const panel = (metric: string, config: ShownPanel['config'] = { metrics: [metric] }): ShownPanel => ({
  id: metric,
  kind: lineKind,
  config,
  title: metric,
  isAutomatic: true,
  problem: undefined,
})
const layers = (count: number, name = 'grad'): ShownPanel[] =>
  Array.from({ length: count }, (_, i) => panel(`net.layer_${i}/${name}`))

test('metrics that differ by numbers are a family from eight on, the largest first', () => {
  expect(metricFamilies([...layers(7), panel('loss')])).toEqual([])
  const families = metricFamilies([...layers(8), ...layers(12, 'weight'), panel('loss')])
  expect(families.map(({ label, count }) => [label, count])).toEqual([
    ['net.layer_*/weight', 12],
    ['net.layer_*/grad', 8],
  ])
})

test('its pattern finds its metrics and no others, whatever signs are in their names', () => {
  const odd = Array.from({ length: 8 }, (_, i) => panel(`a+b (x)/h${i}.k${i}`))
  const [family] = metricFamilies(odd)
  const pattern = new RegExp(family!.pattern)
  for (const { title } of odd) expect(pattern.test(title)).toBe(true)
  expect(pattern.test('a+b (x)/h1.k1.more')).toBe(false)
  expect(pattern.test('a+b (x)/h1-k1')).toBe(false)
})

test('a star in a name stands for itself', () => {
  const starred = Array.from({ length: 8 }, (_, i) => panel(`a*b/h${i}`))
  const [family] = metricFamilies(starred)
  const pattern = new RegExp(family!.pattern)
  for (const { title } of starred) expect(pattern.test(title)).toBe(true)
  expect(pattern.test('a1b/h1')).toBe(false)
})

test('a family that has its chart is offered no more', () => {
  const [family] = metricFamilies(layers(9))
  expect(metricFamilies([...layers(9), panel('all', familyConfig(family!))])).toEqual([])
})

test('its chart is one of a pattern, to be edited as any other, and one without groups in it is the same chart', () => {
  const [family] = metricFamilies(layers(9))
  const config = familyConfig(family!)
  expect(readLineSources(config)).toMatchObject({ origin: 'pattern', pattern: '^net\\.layer_(\\d+)\\/grad$' })
  const older = { ...config, metricRegex: '^net\\.layer_\\d+\\/grad$' }
  expect(metricFamilies([...layers(9), panel('all', older)])).toEqual([])
})
