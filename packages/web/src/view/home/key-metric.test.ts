import { expect, test } from 'vitest'
import { keyMetricOf, keyValueOf } from './key-metric.ts'

type Metric = Parameters<typeof keyMetricOf>[0][number]

const metric = (key: string, more: Partial<Metric> = {}): Metric => {
  return { key, stream: 'history', kind: 'number', goal: null, isHidden: false, ...more }
}

test('the metric that says how runs do: one with a goal, one that is called so, else the first number', () => {
  const names = (...keys: string[]) => keyMetricOf(keys.map((key) => metric(key)))?.key
  expect(names('_step', 'lr', 'train/loss', 'val/loss', 'val/accuracy')).toBe('val/loss')
  expect(names('lr', 'train/loss', 'accuracy')).toBe('train/loss')
  expect(names('lr', 'episode_reward')).toBe('episode_reward')
  expect(names('lr', 'temperature')).toBe('lr')
  expect(keyMetricOf([metric('loss'), metric('bleu', { goal: 'maximize' })])).toEqual({ key: 'bleu', goal: 'maximize' })
  const others = [
    metric('epoch', { isHidden: true }),
    metric('system\\.cpu', { stream: 'events' }),
    metric('text', { kind: 'other' }),
  ]
  expect(keyMetricOf(others)).toBeUndefined()
})

test('the value of it is the last one, or what the program keeps in its place', () => {
  const said = (summary: Parameters<typeof keyValueOf>[0], goal: Parameters<typeof keyValueOf>[1] = null) => {
    const found = keyValueOf(summary, goal)
    return found && [found.word, found.value]
  }
  expect([said(0.3), said('NaN')]).toEqual([
    ['last', 0.3],
    ['last', Number.NaN],
  ])
  expect(said({ min: 0.1 }, 'minimize')).toEqual(['lowest', 0.1])
  expect(said({ min: 0.1, max: 0.9 }, 'maximize')).toEqual(['highest', 0.9])
  expect(said({ min: 0.1, max: 0.9 })).toEqual(['lowest', 0.1])
  expect(said({ best: 0.1, mean: 2 }, 'maximize')).toEqual(['best', 0.1])
  expect(said({ min: 0.1, last: 0.4 }, 'minimize')).toEqual(['last', 0.4])
  expect([said(undefined), said(null), said('good'), said({ _type: 'image' }), said([1])]).toEqual(
    Array(5).fill(undefined),
  )
})
