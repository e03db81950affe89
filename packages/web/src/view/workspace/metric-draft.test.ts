import { expect, test } from 'vitest'
import { createMetricDraft, toMetricEdit, writtenText } from './metric-draft.ts'

const own = { description: null, unit: 'nats', goal: null, said: null }

test('only what somebody changed is sent, without the spaces around it', () => {
  const draft = createMetricDraft(own)
  expect(toMetricEdit(own, draft)).toBeUndefined()
  expect(toMetricEdit(own, { ...draft, unit: ' nats ' })).toBeUndefined()
  expect(toMetricEdit(own, { ...draft, description: ' Of all rows', goal: 'none' })).toEqual({
    description: 'Of all rows',
    goal: 'none',
  })
  expect(toMetricEdit(own, { ...draft, unit: null })).toEqual({ unit: null })
  // To say that there is no unit is not the same as to say nothing.
  expect(toMetricEdit(own, { ...draft, unit: '' })).toEqual({ unit: '' })
})

test('whoever writes and takes it back has said nothing', () => {
  expect([writtenText('s', 's', null), writtenText('', '', null)]).toEqual([null, null])
  expect([writtenText('s', 's', 'ms'), writtenText('', 's', null)]).toEqual(['s', ''])
})
