import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accuracyOf,
  averagePrecision,
  balancedAccuracy,
  bestThreshold,
  cohenKappa,
  confusionMatrix,
  expectedCalibrationError,
  matthewsCorrelation,
  precisionRecallCurve,
  precisionRecallF1,
  rocAuc,
  rocAucOneVsOne,
  rocAucOneVsRest,
  rocCurve,
} from '../src/index.ts'
import { expectClose } from './fixture.ts'

const classCount = 4
const classes = fc.integer({ min: 0, max: classCount - 1 })
const predictedRows = fc.array(fc.record({ label: classes, prediction: classes }), { minLength: 1, maxLength: 60 })
// Few different scores, so that ties are common.
const scores = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -5, max: 5, noNaN: true }))
const scoredRows = fc.array(fc.record({ isPositive: fc.boolean(), score: scores }), { minLength: 1, maxLength: 60 })

type PredictedRow = { label: number; prediction: number }
type ScoredRow = { isPositive: boolean; score: number }

const matrixOf = (rows: readonly PredictedRow[]) =>
  confusionMatrix(
    rows.map(({ label }) => label),
    rows.map(({ prediction }) => prediction),
    { classCount },
  )

function metricsOf(rows: readonly PredictedRow[]): Record<string, number> {
  const matrix = matrixOf(rows)
  const { macro, micro, weighted } = precisionRecallF1(matrix)
  const averages = Object.entries({ macro, micro, weighted }).flatMap(([average, three]) =>
    Object.entries(three).map(([metric, value]) => [`${average} ${metric}`, value] as const),
  )
  return {
    accuracy: accuracyOf(matrix),
    balancedAccuracy: balancedAccuracy(matrix),
    matthews: matthewsCorrelation(matrix),
    kappa: cohenKappa(matrix),
    ...Object.fromEntries(averages),
  }
}

function areasOf(rows: readonly ScoredRow[]): { rocAuc: number; averagePrecision: number } {
  const isPositive = rows.map((row) => row.isPositive)
  const values = rows.map(({ score }) => score)
  return { rocAuc: rocAuc(isPositive, values), averagePrecision: averagePrecision(isPositive, values) }
}

describe('classification', () => {
  test('the order of rows does not matter', () => {
    const shuffled = predictedRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    fc.assert(fc.property(shuffled, ([rows, others]) => expectClose(metricsOf(others), metricsOf(rows))))
  })

  test('the names of classes do not matter', () => {
    const renaming = fc.shuffledSubarray([0, 1, 2, 3], { minLength: classCount })
    fc.assert(
      fc.property(predictedRows, renaming, (rows, names) => {
        const renamed = rows.map(({ label, prediction }) => ({ label: names[label]!, prediction: names[prediction]! }))
        expectClose(metricsOf(renamed), metricsOf(rows))
      }),
    )
  })

  test('swapping labels and predictions swaps precision and recall, and keeps what is symmetric', () => {
    fc.assert(
      fc.property(predictedRows, (rows) => {
        const before = metricsOf(rows)
        const after = metricsOf(rows.map(({ label, prediction }) => ({ label: prediction, prediction: label })))
        for (const key of ['accuracy', 'matthews', 'kappa', 'macro f1']) expectClose(after[key], before[key], key)
        expectClose(after['macro recall'], before['macro precision'])
      }),
    )
  })

  test('values lie within their bounds', () => {
    fc.assert(
      fc.property(predictedRows, (rows) => {
        for (const [name, value] of Object.entries(metricsOf(rows))) {
          if (name === 'kappa' && Number.isNaN(value)) continue
          expect(value, name).toBeGreaterThanOrEqual(['matthews', 'kappa'].includes(name) ? -1 - 1e-12 : 0)
          expect(value, name).toBeLessThanOrEqual(1 + 1e-12)
        }
      }),
    )
  })

  test('a classifier that is as sure as it is right has no calibration error', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 }), (rowCount, hits) => {
        const correctCount = Math.min(hits, rowCount)
        const isCorrect = Array.from({ length: rowCount }, (_, row) => row < correctCount)
        const confidences = isCorrect.map(() => correctCount / rowCount)
        expectClose(expectedCalibrationError(isCorrect, confidences), 0)
      }),
    )
  })
})

describe('curves', () => {
  test('only the order of the scores matters', () => {
    fc.assert(
      fc.property(scoredRows, (rows) => {
        // Of numbers that the transform would round to the same value, ranks are taken instead.
        const ranks = [...new Set(rows.map(({ score }) => score))].sort((a, b) => a - b)
        const transformed = rows.map((row) => ({
          ...row,
          score: Math.exp(ranks.indexOf(row.score)),
        }))
        expect(areasOf(transformed)).toEqual(areasOf(rows))
      }),
    )
  })

  test('the order of rows does not matter, nor does it among ties', () => {
    const shuffled = scoredRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        expect(areasOf(others)).toEqual(areasOf(rows))
      }),
    )
  })

  test('the area is the share of pairs in the right order, ties counting half', () => {
    fc.assert(
      fc.property(scoredRows, (rows) => {
        const positives = rows.filter(({ isPositive }) => isPositive)
        const negatives = rows.filter(({ isPositive }) => !isPositive)
        const wins = positives.flatMap(({ score }) =>
          negatives.map((other) => (score > other.score ? 1 : score === other.score ? 0.5 : 0)),
        )
        expectClose(areasOf(rows).rocAuc, wins.reduce<number>((sum, win) => sum + win, 0) / wins.length)
      }),
    )
  })

  test('negated scores give the other part of the area', () => {
    fc.assert(
      fc.property(scoredRows, (rows) => {
        const negated = rows.map((row) => ({ ...row, score: -row.score }))
        expectClose(areasOf(negated).rocAuc, 1 - areasOf(rows).rocAuc)
      }),
    )
  })

  test('rates never fall, recall never rises with the threshold, and the best F1 lies on the curve', () => {
    fc.assert(
      fc.property(scoredRows, (rows) => {
        const isPositive = rows.map((row) => row.isPositive)
        const values = rows.map(({ score }) => score)
        const { falsePositiveRate, truePositiveRate } = rocCurve(isPositive, values)
        for (const rates of [falsePositiveRate, truePositiveRate])
          expect([...rates]).toEqual([...rates].sort((a, b) => a - b))
        const { precision, recall } = precisionRecallCurve(isPositive, values)
        expect([...recall]).toEqual([...recall].sort((a, b) => b - a))
        const f1 = precision.map((value, index) => (2 * value * recall[index]!) / (value + recall[index]! || 1))
        const best = isPositive.includes(true) ? Math.max(...f1) : 0
        expectClose(bestThreshold(isPositive, values).value, best)
      }),
    )
  })

  test('with two classes, one-vs-one and one-vs-rest are the area of either class', () => {
    fc.assert(
      fc.property(scoredRows, (rows) => {
        const labels = rows.map(({ isPositive }) => (isPositive ? 1 : 0))
        const both = rows.flatMap(({ score }) => [-score, score])
        const { rocAuc: area } = areasOf(rows)
        expectClose(rocAucOneVsRest(labels, both, { classCount: 2 }).macro, area)
        expectClose(rocAucOneVsOne(labels, both, { classCount: 2 }).macro, area)
      }),
    )
  })
})
