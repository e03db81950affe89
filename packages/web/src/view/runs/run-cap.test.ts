import { expect, test } from 'vitest'
import { baseOf, capChoices, capText, runCapOf } from './run-cap.ts'
import { defaultRunSelection } from './run-selection.ts'

test('a chart that draws the first runs alone says of how many, and offers more', () => {
  const cap = runCapOf(defaultRunSelection, 10, 1830)!
  expect(capText(cap)).toBe('Drawing 10 of 1,830 runs.')
  expect(capChoices(cap)).toEqual([50, 200, 'all'])
  expect(capChoices({ drawnCount: 50, total: 183 })).toEqual(['all'])
  expect(capChoices({ drawnCount: 10, total: 12 })).toEqual(['all'])
  expect([baseOf(50), baseOf('all')]).toEqual([{ kind: 'first', count: 50 }, { kind: 'all' }])
})

test('who has all runs, or has chosen which, is told nothing', () => {
  expect(runCapOf(defaultRunSelection, 8, 8)).toBeUndefined()
  expect(runCapOf(defaultRunSelection, 10, 10)).toBeUndefined()
  expect(runCapOf(defaultRunSelection, 7, 8)).toBeUndefined()
  expect(runCapOf({ base: { kind: 'none' }, shown: ['a'], hidden: [] }, 1, 183)).toBeUndefined()
  expect(runCapOf({ base: { kind: 'first', count: 10 }, shown: ['a'], hidden: [] }, 11, 183)).toBeDefined()
})
