import { describe, expect, test } from 'vitest'
import {
  accuracy,
  accuracyOf,
  argmaxRows,
  averagePrecisionOneVsRest,
  balancedAccuracy,
  binaryProbabilities,
  brierScore,
  calibrationBins,
  cohenKappa,
  confusionMatrix,
  encodeLabels,
  expectedCalibrationError,
  logLoss,
  matthewsCorrelation,
  mergeConfusionMatrices,
  type PrecisionRecallF1,
  type PrecisionRecallF1Report,
  precisionRecallF1,
  rocAucOneVsOne,
  rocAucOneVsRest,
  softmaxRows,
  topKAccuracy,
} from '../src/index.ts'
import { expectClose, readFixture } from './fixture.ts'
import { thrownBy } from './thrown-by.ts'

type ExpectedReport = PrecisionRecallF1Report & { macroOfAll: PrecisionRecallF1 }

interface Case {
  name: string
  classCount: number
  labels: number[]
  predictions: number[]
  probabilities: number[]
  confusion: number[]
  accuracy: number
  balancedAccuracy: number
  matthews: number
  kappa: Record<'none' | 'linear' | 'quadratic', number>
  topK: number[]
  logLoss: number
  brier: number
  zeroDivision0: ExpectedReport
  zeroDivision1: ExpectedReport
  zeroDivisionNaN: ExpectedReport
  areas?: Record<'ovr_macro' | 'ovr_weighted' | 'ovo_macro' | 'ovo_weighted', number> & {
    perClass: number[]
    averagePrecision: number[]
  }
}

const { cases } = readFixture<{ cases: Case[] }>('classification')

describe.each(cases)('as scikit-learn: $name', (one) => {
  const { labels, predictions, probabilities, classCount } = one
  const matrix = confusionMatrix(labels, predictions, { classCount })

  test('confusion matrix and what it says as a whole', () => {
    expect([...matrix.counts]).toEqual(one.confusion)
    expectClose(accuracy(labels, predictions), one.accuracy)
    expectClose(accuracyOf(matrix), one.accuracy)
    expectClose(balancedAccuracy(matrix), one.balancedAccuracy)
    expectClose(matthewsCorrelation(matrix), one.matthews)
    for (const weights of ['none', 'linear', 'quadratic'] as const) {
      expectClose(cohenKappa(matrix, { weights }), one.kappa[weights], `kappa ${weights}`)
    }
  })

  test.each([0, 1, Number.NaN])('precision, recall and F1 where 0/0 is %d', (zeroDivision) => {
    const name = `zeroDivision${zeroDivision}` as 'zeroDivision0'
    const { macroOfAll, ...expected } = one[name]
    expectClose(precisionRecallF1(matrix, { zeroDivision }), expected)
    expectClose(precisionRecallF1(matrix, { zeroDivision, averagedClasses: 'all' }).macro, macroOfAll)
  })

  test('scores of probabilities', () => {
    expectClose(logLoss(labels, probabilities, { classCount }), one.logLoss)
    expectClose(brierScore(labels, probabilities, { classCount }), one.brier)
    one.topK.forEach((expected, index) => {
      expectClose(topKAccuracy(labels, probabilities, { classCount, k: index + 1 }), expected, `top ${index + 1}`)
    })
  })

  // scikit-learn has them only where every class has rows.
  const { areas } = one
  if (areas === undefined) return

  test('areas under curves', () => {
    const ovr = rocAucOneVsRest(labels, probabilities, { classCount })
    const ovo = rocAucOneVsOne(labels, probabilities, { classCount })
    const actual = {
      ovr_macro: ovr.macro,
      ovr_weighted: ovr.weighted,
      ovo_macro: ovo.macro,
      ovo_weighted: ovo.weighted,
    }
    const { perClass: averagePrecision } = averagePrecisionOneVsRest(labels, probabilities, { classCount })
    expectClose({ ...actual, perClass: ovr.perClass, averagePrecision }, areas)
  })
})

describe('awkward cases', () => {
  const emptyMatrix = confusionMatrix([], [], { classCount: 2 })

  test('no rows give NaN', () => {
    const { macro, micro, weighted } = precisionRecallF1(emptyMatrix)
    const undefinedThree = { precision: Number.NaN, recall: Number.NaN, f1: Number.NaN }
    expect([macro, weighted]).toEqual([undefinedThree, undefinedThree])
    expect(micro).toEqual({ precision: 0, recall: 0, f1: 0 })
    const values = [
      accuracy([], []),
      accuracyOf(emptyMatrix),
      balancedAccuracy(emptyMatrix),
      matthewsCorrelation(emptyMatrix),
      cohenKappa(emptyMatrix),
      logLoss([], [], { classCount: 2 }),
      brierScore([], [], { classCount: 2 }),
      topKAccuracy([], [], { classCount: 2, k: 1 }),
      expectedCalibrationError([], []),
      rocAucOneVsRest([], [], { classCount: 2 }).macro,
      rocAucOneVsOne([], [], { classCount: 2 }).macro,
    ]
    expect(values).toEqual(values.map(() => Number.NaN))
  })

  test('NaN among probabilities shows in the scores that use them', () => {
    const labels = [0, 1, 1]
    const probabilities = [Number.NaN, Number.NaN, 0.2, 0.8, 0.6, 0.4]
    expect(logLoss(labels, probabilities, { classCount: 2 })).toBeNaN()
    expect(brierScore(labels, probabilities, { classCount: 2 })).toBeNaN()
    expect(topKAccuracy(labels, probabilities, { classCount: 2, k: 2 })).toBe(2 / 3)
    expect(expectedCalibrationError([true, true, false], [Number.NaN, 0.8, 0.6])).toBeNaN()
    expect(rocAucOneVsRest(labels, probabilities, { classCount: 2 }).macro).toBeNaN()
    expect(rocAucOneVsOne(labels, probabilities, { classCount: 2 }).macro).toBeNaN()
  })

  test('a class without rows is left out of averages of areas', () => {
    const scores = [0.9, 0.1, 0, 0.2, 0.8, 0]
    expect(rocAucOneVsRest([0, 1], scores, { classCount: 3 })).toMatchObject({ macro: 1, weighted: 1 })
    expect([...rocAucOneVsRest([0, 1], scores, { classCount: 3 }).perClass]).toEqual([1, 1, Number.NaN])
    expect(rocAucOneVsOne([0, 1], scores, { classCount: 3 }).macro).toBe(1)
    expect(rocAucOneVsOne([0, 0], scores, { classCount: 3 }).macro).toBeNaN()
  })

  test('of equal scores, top-k takes the last class and argmax the first', () => {
    expect(topKAccuracy([0], [0.5, 0.5], { classCount: 2, k: 1 })).toBe(0)
    expect([...argmaxRows([0.5, 0.5], 2)]).toEqual([0])
  })

  test('softmax neither overflows nor hides NaN', () => {
    expect([...softmaxRows([1000, 1000, -Infinity, 0], 2)]).toEqual([0.5, 0.5, 0, 1])
    expect([...softmaxRows([Number.NaN, 0, Infinity, 1], 2)]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
  })

  test('a score of two classes can be given as one column', () => {
    expect(brierScore([1, 0], binaryProbabilities([0.75, 0.5]), { classCount: 2 })).toBe((0.0625 + 0.25) / 2)
  })

  test('parts of the data add up', () => {
    const parts = [confusionMatrix([0, 1], [0, 0], { classCount: 2 }), confusionMatrix([1], [1], { classCount: 2 })]
    expect(mergeConfusionMatrices(parts[0]!, parts[1]!)).toEqual(
      confusionMatrix([0, 1, 1], [0, 0, 1], { classCount: 2 }),
    )
  })
})

test('a confidence at the edge of two bins belongs to the lower one', () => {
  for (const binCount of [1, 7, 10, 100]) {
    for (let edge = 1; edge <= binCount; edge += 1) {
      const bins = calibrationBins([true], [edge / binCount], { binCount })
      expect(bins.findIndex(({ count }) => count === 1)).toBe(edge - 1)
    }
  }
  expect(calibrationBins([false], [0])[0]).toEqual({ lower: 0, upper: 0.1, count: 1, accuracy: 0, confidence: 0 })
})

describe('wrong use', () => {
  test.each([
    ['evaluation-length', () => accuracy([0, 1], [0])],
    ['evaluation-length', () => logLoss([0], [0.5, 0.5, 0], { classCount: 2 })],
    [
      'evaluation-length',
      () =>
        mergeConfusionMatrices(confusionMatrix([], [], { classCount: 2 }), confusionMatrix([], [], { classCount: 3 })),
    ],
    ['evaluation-label', () => confusionMatrix([0], [2], { classCount: 2 })],
    ['evaluation-label', () => confusionMatrix([0.5], [1], { classCount: 2 })],
    ['evaluation-label', () => encodeLabels(['cat', 'cow'], ['cat', 'dog'])],
    ['evaluation-option', () => encodeLabels(['cat'], ['cat', 'cat'])],
    ['evaluation-option', () => topKAccuracy([0], [1], { classCount: 1, k: 0 })],
    ['evaluation-option', () => confusionMatrix([], [], { classCount: 0 })],
    ['evaluation-option', () => expectedCalibrationError([], [], { binCount: 1.5 })],
  ])('%s: %s', (code, call) => {
    expect(thrownBy(call)).toMatchObject({ name: 'EvaluationError', code, hint: expect.any(String) })
  })

  test('messages say which row', () => {
    expect(() => confusionMatrix([0, 7], [0, 1], { classCount: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[EvaluationError: Labels: row 1 holds 7, which is no class from 0 to 1.]`,
    )
    expect(() => encodeLabels(['cat', 'cow'], ['cat'])).toThrowErrorMatchingInlineSnapshot(
      `[EvaluationError: Row 1 holds "cow", which is not among the classes.]`,
    )
  })
})

test('names of classes become indices in the order in which they occur, or as given', () => {
  expect(encodeLabels(['b', 'a', 'b'])).toEqual({ labels: Int32Array.of(0, 1, 0), classes: ['b', 'a'] })
  expect(encodeLabels(BigInt64Array.of(7n, 3n), [3n, 7n]).labels).toEqual(Int32Array.of(1, 0))
})
