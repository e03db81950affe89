import type { MetricInfo } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { mergeMetrics } from './merge-metrics.ts'

const metric = (key: string, unit: string, stream: MetricInfo['stream'] = 'history') =>
  ({ key, unit, stream }) as MetricInfo

test('what the own project says of a metric counts, and others tell only of what it does not know', () => {
  const own = [metric('loss', 'nats'), metric('gpu', '%', 'events')]
  const merged = mergeMetrics(own, [metric('loss', 'bits'), metric('gpu', ''), metric('iou', '%'), metric('iou', '')])
  expect(merged.map(({ key, unit, stream }) => [key, unit, stream])).toEqual([
    ['loss', 'nats', 'history'],
    ['gpu', '%', 'events'],
    ['gpu', '', 'history'],
    ['iou', '%', 'history'],
  ])
  expect(mergeMetrics(own, [metric('loss', 'bits')])).toBe(own)
})
