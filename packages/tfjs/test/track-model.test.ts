import { expect, test } from 'vitest'
import { trackModel } from '../src/index.ts'
import { tf } from './tensorflow.ts'
import { makeModel } from './tiny-models.ts'
import { describeTrackModel } from './track-model-behaviour.ts'

describeTrackModel(tf)

test('options that do not exist are refused', () => {
  expect(() => trackModel(makeModel(tf), { logFrequency: 3 } as never)).toThrow(
    expect.objectContaining({ code: 'invalid-option' }),
  )
  expect(() => trackModel(makeModel(tf), { checkpoint: { every: 3 } as never })).toThrow(
    expect.objectContaining({ code: 'invalid-option' }),
  )
})
