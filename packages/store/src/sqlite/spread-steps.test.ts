import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenSteps, listedSteps } from '../history/step-list.ts'
import { cutAll, spreadSteps } from './spread-steps.ts'
import type { Turns } from './turns.ts'

const everything = { fromStep: Number.NEGATIVE_INFINITY, toStep: Number.POSITIVE_INFINITY }

test('steps are the same however often others have their turn', async () => {
  const blocks = [
    listedSteps(Float64Array.of(-7.5, -3, -1.25)),
    listedSteps(Float64Array.of(0)),
    evenSteps(2, 3, 20),
    listedSteps(Float64Array.of(60.5, 1e15)),
  ]
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.func(fc.boolean()), async (count, isOver) => {
      let moment = 0
      const turns = { isOver: () => isOver(moment++), next: async () => {} }
      const inOnePiece = { isOver: () => false, next: async () => {} }
      const spread = (of: Turns) => spreadSteps(of, everything, count, (range) => cutAll(blocks, range))
      expect(await spread(turns)).toEqual(await spread(inOnePiece))
    }),
  )
})
