import { runQueryLanguage, tableQueryLanguage } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { mayBecomeCondition } from './unfinished.ts'

const numbers = { runCount: 1, isVarying: true, kind: 'number', min: 0, max: 1, commonValues: [] } as const
const language = runQueryLanguage([
  { ...numbers, key: 'summary.loss' },
  { ...numbers, key: 'config.optimizer.name' },
])

test.each([
  ['lo', true],
  ['LOSS', true],
  ['resnet optim', true],
  ['summary.l', true],
  ['state = failed and not (sta)', true],
  ['resnet', false],
  ['lo = 3', false],
  ['lo = ', false],
  ['lo and resnet', false],
  ['', false],
])('knows whether %j may be the beginning of a condition', (text, isBeginning) => {
  expect(mayBecomeCondition(text, language)).toBe(isBeginning)
})

test('knows the columns of a table', () => {
  const table = tableQueryLanguage([{ name: 'label', type: 'string' }], () => undefined)
  expect(['lab', 'state'].map((text) => mayBecomeCondition(text, table))).toEqual([true, false])
})
