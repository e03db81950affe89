import type { RunKeyInfo } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { explainNoMatch } from './no-match.ts'

const info = (key: string, values: readonly number[]): RunKeyInfo => ({
  key,
  runCount: 4,
  isVarying: true,
  kind: 'number',
  min: Math.min(...values),
  max: Math.max(...values),
  commonValues: values,
})
const keys = [info('config.lr', [0.1, 0.01, 0.001]), info('summary.loss', [0.3, 2])]

test('the condition that no run meets is named with the nearest value that there is', () => {
  const why = (query: string) => explainNoMatch(query, keys)
  expect(why('lr > 1')).toBe('Largest lr here is 0.1.')
  expect(why('config.lr >= 0.1')).toBeUndefined()
  expect(why('lr > 0.1')).toBe('Largest lr here is 0.1.')
  expect(why('loss < 0.3')).toBe('Smallest loss here is 0.3.')
  expect(why('resnet and (lr > 0.01 and summary.loss <= 0.1)')).toBe('Smallest loss here is 0.3.')
  expect(why('lr = 0.02')).toBe('Nearest lr here is 0.01.')
  // Either may hold, the other way round, nothing known, no number, a fault: no simple reason.
  for (const query of ['lr > 1 or loss > 9', 'not lr > 1', 'depth > 3', 'name = owl', 'lr >', 'owl', '']) {
    expect(why(query)).toBeUndefined()
  }
})
