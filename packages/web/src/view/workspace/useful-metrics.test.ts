import { expect, test } from 'vitest'
import type { MetricsByName } from './automatic-panels.ts'
import type { PanelInfo } from './sections.ts'
import { usefulMetrics, usefulMetricsMax } from './useful-metrics.ts'

const metrics = (runCounts: Readonly<Record<string, number>>): MetricsByName =>
  new Map(
    Object.entries(runCounts).map(([name, runCount]) => {
      const stream = name.startsWith('system/') ? 'events' : 'history'
      // Only what the order is made of.
      return [name, { runCount, stream } as PanelInfo]
    }),
  )

test('an empty view is offered what most runs have logged, but for what it has', () => {
  const known = metrics({ layer_10: 2, layer_2: 2, loss: 9, 'system/cpu': 9, acc: 5 })
  expect(usefulMetrics(known)).toEqual(['loss', 'acc', 'layer_2', 'layer_10'])
  expect(usefulMetrics(known, new Set(['loss']))[0]).toBe('acc')
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`m${i}`, 1]))
  expect(usefulMetrics(metrics(many))).toHaveLength(usefulMetricsMax)
})
