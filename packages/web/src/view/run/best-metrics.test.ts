import { expect, test } from 'vitest'
import { bestMetricsOf } from './best-metrics.ts'

type Metric = Parameters<typeof bestMetricsOf>[0][number]

const metric = (key: string, goal: Metric['goal'] = null): Metric => {
  return { key, stream: 'history', kind: 'number', goal, isHidden: false, unit: '' }
}

test('a run has come to the best of what has a goal, else of what is called so and measured on data put aside', () => {
  const titles = (...metrics: Metric[]) => bestMetricsOf(metrics).map(({ title, goal }) => `${title} ${goal}`)
  expect(titles(metric('val/loss'), metric('train/loss'), metric('lr'), metric('val/accuracy'))).toEqual([
    'val/loss minimize',
    'val/accuracy maximize',
  ])
  expect(titles(metric('val/loss'), metric('bleu', 'maximize'))).toEqual(['bleu maximize'])
  expect(titles(metric('lr'), metric('train/loss'), metric('val/speed'))).toEqual([])
  expect(bestMetricsOf(['a', 'b', 'c', 'd', 'e'].map((key) => metric(key, 'minimize')))).toHaveLength(4)
  expect(bestMetricsOf([{ ...metric('val/loss'), stream: 'events' }])).toEqual([])
})
