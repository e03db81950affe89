import type { SampleResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { incompleteText, loadingText, removalQuestion } from './sample-words.ts'

const sample = (more: Partial<SampleResponse> = {}): SampleResponse => ({
  isAvailable: true,
  state: 'loading',
  project: 'sample',
  loadedRunCount: 12,
  runCount: 60,
  otherRunCount: 0,
  problem: null,
  ...more,
})

test('says how far it is, and why it went no further', () => {
  expect(loadingText(sample())).toBe('Loading the sample: 12 of 60 runs')
  expect(incompleteText(sample())).toBe('12 of the sample’s 60 runs are there.')
  expect(incompleteText(sample({ problem: 'The disk is full.' }))).toMatch(/Loading stopped: The disk is full\.$/)
})

test('asks before it goes, and twice where runs of somebody would go with it', () => {
  const question = removalQuestion(sample({ loadedRunCount: 60 }))
  expect(question.text).toMatch(/^Its 60 runs, sweep, artifacts, views and files are removed from disk at once\. The/)
  expect(question.typed).toBeUndefined()
  const other = removalQuestion(sample({ otherRunCount: 1 }))
  expect(other.text).toContain('1 run of your own goes with it, for good.')
  expect(other.typed).toBe('sample')
})
