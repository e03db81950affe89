import { expect, test } from 'vitest'
import { fillLegend, legendKeys, parseLegendTemplate } from './legend-template.ts'

const of = (open: string) => `\${${open}}`

test('a template names runs by their values, and says what it needs to know of them', () => {
  const template = parseLegendTemplate(`${of('run:displayName')} · lr ${of('config:lr.value')} ${of('metricName')}`)
  expect(legendKeys(template)).toEqual(['run.name', 'config.lr'])
  const values = new Map([
    ['run.name', 'swift-owl'],
    ['config.lr', '0.1'],
    ['metricName', 'loss'],
  ])
  expect(fillLegend(template.label, (key) => values.get(key))).toBe('swift-owl · lr 0.1 loss')
  expect(fillLegend(template.label, () => undefined)).toBe(' · lr  ')
})

test('what is between double brackets is of the point, with and without braces', () => {
  const template = parseLegendTemplate(`${of('run:name')} [[ $x: ${of('y')} ($original) ]]`)
  expect(legendKeys(template)).toEqual(['run.id'])
  const point: Record<string, string> = { x: '3', y: '0.5', original: '0.7' }
  expect(fillLegend(template.point, (key) => point[key])).toBe('3: 0.5 (0.7)')
  expect(template.label).toEqual([{ kind: 'value', key: 'run.id' }])
})

test('any text is a template', () => {
  expect(parseLegendTemplate('plain')).toEqual({ label: [{ kind: 'text', text: 'plain' }], point: [] })
  expect(parseLegendTemplate('${ [[ x')).toMatchObject({ label: [{ kind: 'text' }] })
})
