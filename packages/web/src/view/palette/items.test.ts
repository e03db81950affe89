import type { MetricInfo } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { metricItem, panelItem, panelsOf } from './items.ts'

test('panels of any kind are found where they are, and opened without leaving the view', () => {
  const panels = panelsOf([
    { name: 'Notes', panels: [{ id: 'md', title: 'Accuracy by group' }] },
    { name: 'train', panels: [{ id: 'auto:history:train/loss', title: 'train/loss' }] },
  ])
  const at = { pathname: '/local/digits', search: '?nw=abc&q=lr+%3E+1&panel=old&panelDisplayName=x' }
  const [markdown, line] = panels.map((panel) => panelItem(at, panel))
  expect(markdown).toMatchObject({
    label: 'Accuracy by group',
    detail: 'Notes',
    href: '/local/digits?nw=abc&q=lr+%3E+1&panel=md',
  })
  const { searchParams } = new URL(line!.href!, 'http://localhost')
  expect([searchParams.get('panel'), searchParams.get('nw')]).toEqual(['auto:history:train/loss', 'abc'])
})

test('a metric leads to its chart in the view that is looked at', () => {
  const place = { entity: 'local', project: 'digits' }
  const metric = { key: 'val/loss', stream: 'history', runCount: 2 } as MetricInfo
  expect(metricItem(place, metric, 'abc').href).toBe('/local/digits?nw=abc&m=val%2Floss')
  expect(metricItem(place, metric).href).toBe('/local/digits?m=val%2Floss')
})
