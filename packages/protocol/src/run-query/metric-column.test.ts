import { expect, test } from 'vitest'
import { metricColumnKey, metricReductions, parseMetricColumn } from './metric-column.ts'

test('keys of metric columns are written and read', () => {
  for (const reduction of metricReductions) {
    const column = { reduction, metric: 'val/a:b.c' }
    expect(parseMetricColumn(metricColumnKey(column))).toEqual(column)
  }
  expect(metricColumnKey({ reduction: 'max', metric: 'acc' })).toBe('metric.max:acc')
  for (const key of ['config.lr', 'metric.max:', 'metric.median:acc', 'metric.max', 'summary.metric.max:acc']) {
    expect(parseMetricColumn(key)).toBeUndefined()
  }
})
