import { expect, test } from 'vitest'
import { type ColumnMetric, createColumnMetrics, withMetrics } from './column-metrics.ts'
import { chosenColumns } from './table-columns.ts'

const metric = (key: string, stream: ColumnMetric['stream'] = 'history'): ColumnMetric => {
  return { key, stream, description: '', unit: 's', goal: null }
}

test('a column is of the metric that its key names, whatever of it the summary keeps', () => {
  const metrics = ['val/loss', 'a\\.b', 'acc', 'acc.max'].map((key) => metric(key))
  const metricOf = createColumnMetrics([...metrics, metric('gpu', 'events')])
  const keys = ['summary.val/loss', 'metric.max:val/loss', 'summary.a.b', 'metric.last:a\\.b', 'summary.acc.min']
  expect(keys.map((key) => metricOf(key)?.key)).toEqual(['val/loss', 'val/loss', 'a\\.b', 'a\\.b', 'acc'])
  // What was logged under that name itself comes first.
  expect(metricOf('summary.acc.max')?.key).toBe('acc.max')
  const others = ['config.val/loss', 'run.created', 'summary.nothing', 'summary.val/loss.median', 'summary.gpu']
  expect(others.map(metricOf)).toEqual([undefined, undefined, undefined, undefined, undefined])
})

test('columns of the table know their metrics, and others are as they were', () => {
  const [loss, rate] = withMetrics(
    chosenColumns(['summary.loss', 'config.lr'], []),
    createColumnMetrics([metric('loss')]),
  )
  const [lossBefore, rateBefore] = chosenColumns(['summary.loss', 'config.lr'], [])
  expect([loss?.metric, rate]).toEqual([metric('loss'), rateBefore])
  expect(loss!.width - lossBefore!.width).toBe(14)
})
