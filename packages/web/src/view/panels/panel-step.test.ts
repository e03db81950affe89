import { expect, test } from 'vitest'
import { readOwnStep, withOwnStep } from './panel-step.ts'

test('a step of its own is kept with a panel, and goes without a trace', () => {
  const config = { mediaKeys: ['a'], lossline: { pictureHeight: 64 } }
  expect(readOwnStep(config)).toBeUndefined()
  for (const step of [0, 7, undefined]) {
    const kept = withOwnStep(config, { step })
    expect(readOwnStep(kept)).toEqual({ step })
    expect(kept).toMatchObject(config)
    expect(withOwnStep(kept, undefined)).toEqual(config)
  }
  for (const ownStep of [null, true, 'x', Number.NaN]) expect(readOwnStep({ lossline: { ownStep } })).toBeUndefined()
})
