import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cosineSimilarity,
  type MultiLabelReport,
  maskConfusionMatrix,
  meanAveragePrecision,
  meanReciprocalRank,
  mergeConfusionMatrices,
  multiLabelMetrics,
  ndcg,
  pearsonCorrelation,
  precisionAtK,
  type RegressionMetrics,
  recallAtK,
  regressionMetrics,
  type SegmentationMetrics,
  segmentationMetrics,
  spearmanCorrelation,
} from '../src/index.ts'
import { expectClose, readFixture } from './fixture.ts'
import { thrownBy } from './thrown-by.ts'

describe('several labels a row', () => {
  type Averages = Omit<MultiLabelReport, 'subsetAccuracy' | 'hammingLoss'>
  interface Case {
    name: string
    labelCount: number
    labels: number[]
    predictions: number[]
    subsetAccuracy: number
    hammingLoss: number
    zeroDivision0: Averages
    zeroDivision1: Averages
    zeroDivisionNaN: Averages
  }

  describe.each(readFixture<{ cases: Case[] }>('multi-label').cases)('as scikit-learn: $name', (one) => {
    test.each([0, 1, Number.NaN])('where 0/0 is %d', (zeroDivision) => {
      const { labels, predictions, labelCount, subsetAccuracy, hammingLoss } = one
      const averages = one[`zeroDivision${zeroDivision}` as 'zeroDivision0']
      const report = multiLabelMetrics(labels, predictions, { labelCount, zeroDivision })
      expectClose(report, { ...averages, subsetAccuracy, hammingLoss })
    })
  })

  test('no rows give NaN', () => {
    const { samples, subsetAccuracy, hammingLoss } = multiLabelMetrics([], [], { labelCount: 2 })
    expect([samples.f1, subsetAccuracy, hammingLoss]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })
})

describe('regression', () => {
  type Case = { name: string; targets: number[]; predictions: number[]; expected: RegressionMetrics }

  test.each(readFixture<{ cases: Case[] }>('regression').cases)('as scikit-learn and SciPy: $name', (one) => {
    expectClose(regressionMetrics(one.targets, one.predictions), one.expected)
  })

  test('a linear model of the diabetes data', () => {
    const expected = readFixture<Record<string, number> & { target: number[]; predicted: number[] }>(
      'diabetes.expected',
    )
    const actual = regressionMetrics(Float64Array.from(expected.target), Float32Array.from(expected.predicted))
    expectClose(actual.meanAbsoluteError, expected.mae)
    expectClose(actual.meanSquaredError, expected.mse)
    expectClose(actual.rootMeanSquaredError, expected.rmse)
    expectClose(actual.r2, expected.r2)
    expectClose(actual.meanAbsolutePercentageError, expected.mape)
    expectClose(actual.explainedVariance, expected.explained_variance)
    expectClose(actual.medianAbsoluteError, expected.median_absolute_error)
    expectClose(actual.maxError, expected.max_error)
    expectClose(actual.pearson, expected.pearson)
    expectClose(actual.spearman, expected.spearman)
  })

  test('no rows, or a prediction that is NaN, give NaN everywhere', () => {
    for (const metrics of [regressionMetrics([], []), regressionMetrics([1, 2, 3], [1, Number.NaN, 3])]) {
      expect(Object.values(metrics)).toEqual(Object.values(metrics).map(() => Number.NaN))
    }
  })

  test('constant numbers are told from almost constant ones, however they round', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), fc.integer({ min: 2, max: 30 }), (value, rowCount) => {
        const constant = Array.from({ length: rowCount }, () => value)
        const rising = constant.map((_, row) => row)
        expect(pearsonCorrelation(rising, constant)).toBeNaN()
        expect(spearmanCorrelation(constant, rising)).toBeNaN()
        expect(regressionMetrics(constant, constant)).toMatchObject({ r2: 1, explainedVariance: 1 })
        const wrong = constant.map((_, row) => value + row + 1)
        expect(regressionMetrics(constant, wrong)).toMatchObject({ r2: 0, explainedVariance: 0 })
      }),
    )
  })

  test('an infinite prediction is an infinite error', () => {
    const metrics = regressionMetrics([1, 2, 3], [1, Infinity, 3])
    expect(metrics).toMatchObject({
      meanAbsoluteError: Infinity,
      maxError: Infinity,
      medianAbsoluteError: 0,
      r2: -Infinity,
    })
  })

  const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
    minLength: 2,
    maxLength: 40,
  })
  const sides = (rows: readonly [number, number][]): [number[], number[]] => [
    rows.map(([a]) => a),
    rows.map(([, b]) => b),
  ]

  test('correlations do not care for order, unit or sides; ranks for no monotone transform', () => {
    const shuffled = pairs.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        const [first, second] = sides(rows)
        const pearson = pearsonCorrelation(first, second)
        expectClose(pearsonCorrelation(...sides(others)), pearson)
        expectClose(pearsonCorrelation(second, first), pearson)
        expectClose(
          pearsonCorrelation(
            first.map((value) => 3 * value - 7),
            second,
          ),
          pearson,
        )
        expectClose(spearmanCorrelation(first.map(Math.exp), second), spearmanCorrelation(first, second))
      }),
    )
  })

  test('errors do not care for order, and the squared one is the largest mean', () => {
    const shuffled = pairs.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        const metrics = regressionMetrics(...sides(rows))
        expectClose(regressionMetrics(...sides(others)), metrics)
        expect(metrics.rootMeanSquaredError).toBeGreaterThanOrEqual(metrics.meanAbsoluteError - 1e-9)
        expect(metrics.maxError).toBeGreaterThanOrEqual(metrics.rootMeanSquaredError - 1e-9)
      }),
    )
  })
})

describe('segmentation', () => {
  interface Case {
    name: string
    classCount: number
    labels: number[]
    predictions: number[]
    ignoredLabel?: number
    expected: SegmentationMetrics
  }

  test.each(readFixture<{ cases: Case[] }>('segmentation').cases)('as scikit-learn: $name', (one) => {
    const { labels, predictions, expected, name: _, ...options } = one
    expectClose(segmentationMetrics(maskConfusionMatrix(labels, predictions, options)), expected)
  })

  test('images add up', () => {
    const options = { classCount: 2, ignoredLabel: 255 }
    const first = maskConfusionMatrix([0, 1, 255], [0, 0, 1], options)
    const second = maskConfusionMatrix([1, 1], [1, 0], options)
    const whole = maskConfusionMatrix([0, 1, 255, 1, 1], [0, 0, 1, 1, 0], options)
    expect(mergeConfusionMatrices(first, second)).toEqual(whole)
    expect(segmentationMetrics(whole).pixelAccuracy).toBe(0.5)
  })

  test('no pixels give NaN', () => {
    const { meanIou, meanDice, pixelAccuracy } = segmentationMetrics(maskConfusionMatrix([], [], { classCount: 2 }))
    expect([meanIou, meanDice, pixelAccuracy]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })

  const masks = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })), { minLength: 1 })

  test('Dice is 2 IoU / (1 + IoU), and neither cares which mask is which', () => {
    fc.assert(
      fc.property(masks, (pixels) => {
        const [labels, predictions] = [pixels.map(([a]) => a), pixels.map(([, b]) => b)]
        const metrics = segmentationMetrics(maskConfusionMatrix(labels, predictions, { classCount: 3 }))
        const swapped = segmentationMetrics(maskConfusionMatrix(predictions, labels, { classCount: 3 }))
        expectClose(
          metrics.dicePerClass,
          metrics.iouPerClass.map((iou) => (2 * iou) / (1 + iou)),
        )
        expectClose(swapped.meanIou, metrics.meanIou)
      }),
    )
  })
})

describe('retrieval', () => {
  interface Case {
    ranked: number[]
    relevant: [number, number][]
    ndcg: number
    ndcg3: number
    ndcgExponential: number
    averagePrecision: number
    reciprocalRank: number
    recall5: number
    precision5: number
  }
  const { cases } = readFixture<{ cases: Case[] }>('retrieval')
  const queries = cases.map(({ ranked, relevant }) => ({ ranked, relevant: new Map(relevant) }))
  const column = (key: Exclude<keyof Case, 'ranked' | 'relevant'>) => cases.map((one) => one[key])

  test('as scikit-learn', () => {
    expectClose(ndcg(queries).perQuery, column('ndcg'))
    expectClose(ndcg(queries, { k: 3 }).perQuery, column('ndcg3'))
    expectClose(ndcg(queries, { gain: 'exponential' }).perQuery, column('ndcgExponential'))
    expectClose(meanAveragePrecision(queries).perQuery, column('averagePrecision'))
    expectClose(meanReciprocalRank(queries).perQuery, column('reciprocalRank'))
    expectClose(recallAtK(queries, { k: 5 }).perQuery, column('recall5'))
    expectClose(precisionAtK(queries, { k: 5 }).perQuery, column('precision5'))
    const mean = column('ndcg').reduce((sum, value) => sum + value, 0) / cases.length
    expectClose(ndcg(queries).mean, mean)
  })

  test('queries without anything relevant are left out, and what is not found counts as missed', () => {
    const some = [
      { ranked: ['a', 'b'], relevant: ['b', 'c'] },
      { ranked: ['a'], relevant: [] },
      { ranked: [], relevant: ['a'] },
    ]
    expect([...recallAtK(some, { k: 10 }).perQuery]).toEqual([0.5, Number.NaN, 0])
    expect(recallAtK(some, { k: 10 }).mean).toBe(0.25)
    expect(meanReciprocalRank(some).mean).toBe(0.25)
    expect([...precisionAtK(some, { k: 4 }).perQuery]).toEqual([0.25, Number.NaN, 0])
    expect(meanReciprocalRank(some, { k: 1 }).mean).toBe(0)
    expect(ndcg([]).mean).toBeNaN()
  })

  test('what is found twice counts once', () => {
    const [query] = [{ ranked: ['a', 'b', 'b', 'c'], relevant: ['b', 'c'] }]
    expect(meanAveragePrecision([query]).mean).toBe((1 / 2 + 2 / 3) / 2)
  })

  test('k is at least 1', () => {
    expect(thrownBy(() => recallAtK([], { k: 0 }))).toMatchObject({ code: 'evaluation-option' })
  })

  test('the cosine of vectors', () => {
    expectClose(cosineSimilarity([3, 4], [4, 3]), 0.96)
    expectClose(cosineSimilarity(Float32Array.of(1, 2), [-2, -4]), -1)
    expect(cosineSimilarity([0, 0], [1, 1])).toBeNaN()
  })

  test('a better place is never worse', () => {
    const ranking = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 })
    fc.assert(
      fc.property(ranking, fc.integer({ min: 0, max: 6 }), (ranked, at) => {
        const relevant = new Map([
          [0, 3],
          [1, 1],
          [2, 1],
        ])
        const better = [...ranked]
        const [first, second] = [ranked[at]!, ranked[at + 1]!]
        const isBetter = (relevant.get(second) ?? 0) >= (relevant.get(first) ?? 0)
        if (isBetter) better.splice(at, 2, second, first)
        for (const metric of [ndcg, meanAveragePrecision, meanReciprocalRank]) {
          const [after, before] = [metric([{ ranked: better, relevant }]), metric([{ ranked, relevant }])]
          // Gains do not count for the other two, so swapping relevant documents leaves them as they were.
          expect(after.mean).toBeGreaterThanOrEqual(before.mean - 1e-12)
          expect(after.mean).toBeLessThanOrEqual(1 + 1e-12)
        }
      }),
    )
  })
})
