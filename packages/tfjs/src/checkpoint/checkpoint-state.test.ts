import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseStateText, toStateText } from './checkpoint-state.ts'

const counts = fc.nat()
const states = fc.record(
  {
    initialEpoch: counts,
    globalStep: counts,
    monitor: fc.string(),
    best: fc.record({
      epoch: counts,
      value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    }),
  },
  { requiredKeys: ['initialEpoch', 'globalStep'] },
)

test('what is written is read', () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(parseStateText(toStateText(state))).toEqual(state)
    }),
  )
})

test('an infinite best value is left out', () => {
  const state = { initialEpoch: 1, globalStep: 2, best: { epoch: 0, value: Number.POSITIVE_INFINITY } }
  expect(parseStateText(toStateText(state))).toEqual({ initialEpoch: 1, globalStep: 2 })
})

test.each(['', '[]', 'null', '{}', '{"initialEpoch":-1,"globalStep":0}', '{"initialEpoch":0,"globalStep":"3"}'])(
  '%s is no state',
  (text) => {
    expect(() => parseStateText(text)).toThrow(expect.objectContaining({ code: 'tfjs-checkpoint' }))
  },
)
