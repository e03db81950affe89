import { parseRunQuery } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { findUnknownKey } from './unknown-key.ts'

const keys = ['config.lr', 'config.optimizer.name', 'config.my key', 'summary.val/loss', 'summary.acc'].map((key) => ({
  key,
}))
const find = (query: string, runCount = 4) => findUnknownKey(query, parseRunQuery(query)!, { keys, runCount })

test('a key that no run has is told, with the one that may be meant', () => {
  expect(find('config.lrr = 1')).toEqual({
    text: 'No run has “config.lrr”.',
    meant: { key: 'config.lr', query: 'config.lr = 1' },
  })
  expect(find('name = lrr2 and lrr = 1')).toEqual({
    text: 'No run has “lrr”.',
    meant: { key: 'lr', query: 'name = lrr2 and lr = 1' },
  })
  expect(find('state = failed and not (lr < 1 or val/los > 3)')?.meant?.query).toBe(
    'state = failed and not (lr < 1 or val/loss > 3)',
  )
  expect(find('has("my keys")')?.meant?.query).toBe('has("my key")')
  // It is there, but not where it was looked for.
  expect(find('summary.lr = 1')?.meant?.key).toBe('config.lr')
  expect(find('config.temperature = 1')).toEqual({ text: 'No run has “config.temperature”.', meant: undefined })
})

test('keys that there are, fields of the run, words and whole objects are no slip', () => {
  for (const query of [
    'lr < 1',
    'config.lr in [1]',
    'state = x',
    'tags has y',
    'lrr',
    'has(config.optimizer)',
    'acc > 1',
  ])
    expect([query, find(query)]).toEqual([query, undefined])
})

test('where only the newest runs were looked at, nothing is said of the others', () => {
  expect(find('config.lrr = 1', 2000)?.text).toBe('None of the newest 2,000 runs has “config.lrr”.')
  expect(findUnknownKey('a = 1', parseRunQuery('a = 1')!, { keys: [], runCount: 0 })).toBeUndefined()
})
