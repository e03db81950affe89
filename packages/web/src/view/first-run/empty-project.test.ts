import { expect, test } from 'vitest'
import { toEmptyProject } from './empty-project.ts'

const known = { entity: 'ada', project: 'digits', isSample: false, runCount: 3 }

test('a project that nobody knows is said to be none where others have runs; where nobody has any, it waits for the first', () => {
  const at = { entity: 'ada', project: 'other' }
  expect(toEmptyProject([known], at)).toBe('unknown')
  expect(toEmptyProject([known], { entity: 'bob', project: 'digits' })).toBe('unknown')
  expect(toEmptyProject([{ ...known, runCount: 0 }], at)).toBe('waiting')
  expect(toEmptyProject([], at)).toBe('waiting')
})

test('a project without runs waits for them, and the sample says how far it is', () => {
  const empty = { ...known, project: 'empty', runCount: 0 }
  expect(toEmptyProject([known, empty], empty)).toBe('waiting')
  expect(toEmptyProject([known, { ...empty, isSample: true }], empty)).toBe('sample')
})
