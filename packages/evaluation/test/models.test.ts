import { describe, expect, test } from 'vitest'
import {
  accuracyOf,
  argmaxRows,
  averagePrecisionOneVsRest,
  balancedAccuracy,
  calibrationBins,
  confusionMatrix,
  encodeLabels,
  expectedCalibrationError,
  isOfClass,
  logLoss,
  matthewsCorrelation,
  precisionRecallCurve,
  precisionRecallF1,
  rocAucOneVsRest,
  rocCurve,
  scoresOfClass,
  softmaxRows,
  topKAccuracy,
} from '../src/index.ts'
import { expectClose, readFixture } from './fixture.ts'

/** What scikit-learn says about the predictions of a trained model. Its `null` stands for NaN and, as a threshold, for +Infinity. */
interface Expected {
  classes: string[]
  labels: (string | number)[]
  predicted: (string | number)[]
  max_probability: number[]
  per_class: { precision: number; recall: number; f1: number; support: number }[]
  confusion_matrix: number[][]
  ece_bins: { lower: number; upper: number; count: number; accuracy: number | null; confidence: number | null }[]
  roc_curve: { class: string; fpr: number[]; tpr: number[]; thresholds: (number | null)[] }
  pr_curve: { class: string; precision: number[]; recall: number[]; thresholds: number[] }
  [metric: string]: unknown
}

describe.each(['digits-cnn', 'ticket-classifier'])('%s', (model) => {
  const expected = readFixture<Expected>(`${model}.expected`)
  // Written as the shortest decimals of float32.
  const logits = Float32Array.from(readFixture<number[][]>(`${model}.logits`).flat())
  const { classes } = expected
  const classCount = classes.length
  const { labels } = encodeLabels(expected.labels.map(String), classes)
  const probabilities = softmaxRows(logits, classCount)
  const predictions = argmaxRows(logits, classCount)
  const confidences = probabilities.filter((_, at) => predictions[Math.floor(at / classCount)] === at % classCount)
  const matrix = confusionMatrix(labels, predictions, { classCount })

  test('predictions', () => {
    expect([...predictions].map((index) => classes[index])).toEqual(expected.predicted.map(String))
    expectClose(confidences, expected.max_probability)
  })

  test('metrics', () => {
    const { macro, weighted, perClass } = precisionRecallF1(matrix)
    const areas = rocAucOneVsRest(labels, probabilities, { classCount })
    const averagePrecisions = averagePrecisionOneVsRest(labels, probabilities, { classCount })
    const actual: Record<string, unknown> = {
      accuracy: accuracyOf(matrix),
      balanced_accuracy: balancedAccuracy(matrix),
      precision_macro: macro.precision,
      recall_macro: macro.recall,
      f1_macro: macro.f1,
      precision_weighted: weighted.precision,
      recall_weighted: weighted.recall,
      f1_weighted: weighted.f1,
      mcc: matthewsCorrelation(matrix),
      log_loss: logLoss(labels, probabilities, { classCount }),
      roc_auc_ovr_macro: areas.macro,
      roc_auc_per_class: areas.perClass,
      average_precision_macro: averagePrecisions.macro,
      average_precision_per_class: averagePrecisions.perClass,
      top2_accuracy: topKAccuracy(labels, probabilities, { classCount, k: 2 }),
    }
    for (const [name, value] of Object.entries(actual)) expectClose(value, expected[name], name)
    expect([...matrix.counts]).toEqual(expected.confusion_matrix.flat())
    perClass.forEach((value, index) => {
      const { precision, recall, f1, support } = expected.per_class[index]!
      expectClose(value, { precision, recall, f1, support }, classes[index])
    })
  })

  test('calibration', () => {
    const isCorrect = Array.from(labels, (label, row) => label === predictions[row])
    expectClose(expectedCalibrationError(isCorrect, confidences), expected.ece_10)
    const bins = expected.ece_bins.map((bin) => ({
      ...bin,
      accuracy: bin.accuracy ?? Number.NaN,
      confidence: bin.confidence ?? Number.NaN,
    }))
    expectClose(calibrationBins(isCorrect, confidences), bins)
  })

  test('curves', () => {
    const curvesOf = (name: string): [Uint8Array, Float64Array] => {
      const index = classes.indexOf(name)
      return [isOfClass(labels, index), scoresOfClass(probabilities, classCount, index)]
    }
    const { fpr, tpr, thresholds, class: rocClass } = expected.roc_curve
    expectClose(rocCurve(...curvesOf(rocClass)), {
      falsePositiveRate: fpr,
      truePositiveRate: tpr,
      thresholds: thresholds.map((threshold) => threshold ?? Infinity),
    })
    const { class: precisionRecallClass, ...points } = expected.pr_curve
    expectClose(precisionRecallCurve(...curvesOf(precisionRecallClass)), points)
  })
})
