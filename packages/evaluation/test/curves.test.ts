import { describe, expect, test } from 'vitest'
import {
  averagePrecision,
  averagePrecisionOneVsRest,
  type BestThreshold,
  bestThreshold,
  type PrecisionRecallCurve,
  precisionRecallCurve,
  type RocCurve,
  rocAuc,
  rocAucOneVsRest,
  rocCurve,
  type ThresholdCriterion,
} from '../src/index.ts'
import { expectClose, readFixture } from './fixture.ts'

interface Case {
  name: string
  isPositive: number[]
  scores: number[]
  roc: RocCurve
  rocWhole: RocCurve
  precisionRecall: PrecisionRecallCurve
  rocAuc: number
  averagePrecision: number
  best: Partial<Record<ThresholdCriterion, BestThreshold>>
}

const { cases } = readFixture<{ cases: Case[] }>('curves')

test.each(cases)('as scikit-learn: $name', (one) => {
  const { isPositive, scores } = one
  expectClose(rocCurve(isPositive, scores), one.roc)
  expectClose(rocCurve(isPositive, scores, { dropsIntermediate: false }), one.rocWhole)
  expectClose(precisionRecallCurve(isPositive, scores), one.precisionRecall)
  expectClose(rocAuc(isPositive, scores), one.rocAuc)
  expectClose(averagePrecision(isPositive, scores), one.averagePrecision)
  for (const [by, expected] of Object.entries(one.best)) {
    expectClose(bestThreshold(isPositive, scores, { by: by as ThresholdCriterion }), expected, by)
  }
})

describe('awkward cases', () => {
  test('no rows', () => {
    expect(rocCurve([], [])).toMatchObject({ thresholds: Float64Array.of(Infinity) })
    expect(precisionRecallCurve([], [])).toEqual({
      precision: Float64Array.of(1),
      recall: Float64Array.of(0),
      thresholds: Float64Array.of(),
    })
    expect(rocAuc([], [])).toBeNaN()
    expect(averagePrecision([], [])).toBeNaN()
    expect(bestThreshold([], [])).toEqual({ threshold: Infinity, value: 0 })
    expect(bestThreshold([], [], { by: 'accuracy' }).value).toBeNaN()
  })

  test('NaN among the scores of one class: nothing can be said of the average', () => {
    const [labels, classCount] = [[0, 1, 2, 0], 3]
    const scores = [0.5, 0.3, 0.2, 0.1, Number.NaN, 0.2, 0.2, 0.1, 0.7, 0.6, 0.3, 0.1]
    for (const metric of [rocAucOneVsRest, averagePrecisionOneVsRest]) {
      const { perClass, macro, weighted } = metric(labels, scores, { classCount })
      expect([...perClass].map(Number.isNaN)).toEqual([false, true, false])
      expect([macro, weighted]).toEqual([Number.NaN, Number.NaN])
    }
  })

  test('NaN among the scores: no number, and no curve', () => {
    expect(rocAuc([true, false], [Number.NaN, 1])).toBeNaN()
    expect(averagePrecision([true, false], [Number.NaN, 1])).toBeNaN()
    for (const curve of [rocCurve, precisionRecallCurve, bestThreshold]) {
      expect(() => curve([true, false], [0, Number.NaN])).toThrow(
        expect.objectContaining({ code: 'evaluation-value', message: 'The score of row 1 is NaN.' }),
      )
    }
  })

  test('infinite scores are the highest and the lowest', () => {
    expect(rocAuc([1, 1, 0, 0], [Infinity, Infinity, 3, -Infinity])).toBe(1)
    expect([...precisionRecallCurve([1, 1, 0, 0], [Infinity, Infinity, 3, -Infinity]).thresholds]).toEqual([
      -Infinity,
      3,
      Infinity,
    ])
  })

  test('of equally good thresholds the highest is taken', () => {
    expect(bestThreshold([1, 0, 1, 0], [4, 3, 2, 1], { by: 'youden' })).toEqual({ threshold: 4, value: 0.5 })
  })
})
