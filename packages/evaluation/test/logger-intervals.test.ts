import { describe, expect, test } from 'vitest'
import {
  averagePrecision,
  averagePrecisionOneVsRest,
  bleu,
  bootstrapInterval,
  chrf,
  classification,
  cohenKappa,
  confusionMatrix,
  createSeededRandom,
  type DetectionImage,
  detection,
  detectionMetrics,
  EvaluationLogger,
  type EvaluationRow,
  type EvaluationTask,
  expectedCalibrationError,
  multiLabel,
  type References,
  rocAuc,
  rocAucOneVsRest,
  textGeneration,
  topKAccuracy,
} from '../src/index.ts'
import { expectClose, readFixture } from './fixture.ts'

function evaluate<Row extends EvaluationRow>(task: EvaluationTask<Row>, rows: readonly NoInfer<Row>[]) {
  const evaluation = new EvaluationLogger({ task, onProblem: () => undefined })
  for (const row of rows) evaluation.log(row)
  return evaluation.finish()
}

/** Compares the intervals of an evaluation with those of metrics of rows, of the same draws. */
async function expectIntervals<Row extends EvaluationRow, Given extends Row>(
  task: EvaluationTask<Row>,
  rows: readonly Given[],
  metrics: Readonly<Record<string, (drawn: Given[]) => number>>,
): Promise<void> {
  const { intervals, metrics: all } = await evaluate(task, rows)
  for (const [name, metric] of Object.entries(metrics)) {
    const expected = bootstrapInterval(rows.length, (drawn) => metric(Array.from(drawn, (row) => rows[row]!)))
    const { estimate, lower, upper, standardError } = expected
    expectClose(intervals[name], { estimate, lower, upper, standardError, rowCount: rows.length }, name)
    expectClose(all[name], estimate, name)
  }
}

const random = createSeededRandom(7)
/** Scores of few different values, so that there are ties, in which the right class is somewhat higher. */
function scoresFor(label: number, classCount: number): number[] {
  const weights = Array.from(
    { length: classCount },
    (_, index) => 1 + Math.floor(random() * 4) + (index === label ? 1 : 0),
  )
  const sum = weights.reduce((total, one) => total + one, 0)
  return weights.map((weight) => weight / sum)
}

describe('intervals of metrics are those of bootstrapInterval with the metric alone', () => {
  test('of two classes', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => ({ label: row % 2, scores: scoresFor(row % 2, 2) }))
    const curve = (metric: typeof rocAuc) => (drawn: typeof rows) =>
      metric(
        drawn.map(({ label }) => label),
        drawn.map(({ scores }) => scores[1]!),
      )
    const task = classification({ labels: ['no', 'yes'] })
    await expectIntervals(task, rows, { roc_auc: curve(rocAuc), average_precision: curve(averagePrecision) })
  })

  test('of several classes', async () => {
    const classCount = 3
    const rows = Array.from({ length: 60 }, (_, row) => {
      const label = Math.floor(random() * classCount)
      const scores = scoresFor(label, classCount)
      return { id: row, label, scores, prediction: scores.indexOf(Math.max(...scores)) }
    })
    type Rows = typeof rows
    const labelsOf = (drawn: Rows) => drawn.map(({ label }) => label)
    const predictionsOf = (drawn: Rows) => drawn.map(({ prediction }) => prediction)
    const scoresOf = (drawn: Rows) => drawn.flatMap(({ scores }) => scores)
    const ofAreas = (drawn: Rows) => rocAucOneVsRest(labelsOf(drawn), scoresOf(drawn), { classCount })
    const ofPrecisions = (drawn: Rows) => averagePrecisionOneVsRest(labelsOf(drawn), scoresOf(drawn), { classCount })
    const metrics = {
      roc_auc: (drawn: Rows) => ofAreas(drawn).macro,
      roc_auc_weighted: (drawn: Rows) => ofAreas(drawn).weighted,
      average_precision: (drawn: Rows) => ofPrecisions(drawn).macro,
      average_precision_weighted: (drawn: Rows) => ofPrecisions(drawn).weighted,
      cohen_kappa: (drawn: Rows) => cohenKappa(confusionMatrix(labelsOf(drawn), predictionsOf(drawn), { classCount })),
      top2_accuracy: (drawn: Rows) => topKAccuracy(labelsOf(drawn), scoresOf(drawn), { classCount, k: 2 }),
      ece: (drawn: Rows) =>
        expectedCalibrationError(
          drawn.map(({ label, prediction }) => label === prediction),
          drawn.map(({ scores, prediction }) => scores[prediction]!),
        ),
    }
    await expectIntervals(classification({ labels: ['a', 'b', 'c'], topK: 2 }), rows, metrics)
  })

  test('of several labels', async () => {
    const rows = Array.from({ length: 40 }, (_, row) => ({
      label: row % 3 === 0 ? ['x'] : row % 3 === 1 ? ['x', 'y'] : [],
      scores: [Math.floor(random() * 5) / 5, Math.floor(random() * 5) / 5],
    }))
    const mean = (metric: typeof rocAuc) => (drawn: typeof rows) => {
      const ofLabels = ['x', 'y'].map((name, index) =>
        metric(
          drawn.map(({ label }) => label.includes(name)),
          drawn.map(({ scores }) => scores[index]!),
        ),
      )
      return (ofLabels[0]! + ofLabels[1]!) / 2
    }
    const task = multiLabel({ labels: ['x', 'y'] })
    await expectIntervals(task, rows, { roc_auc: mean(rocAuc), average_precision: mean(averagePrecision) })
  })

  test('of generated texts', async () => {
    const { rows } = readFixture<{ rows: { references: string[]; prediction: string }[] }>('text')
    const given = rows.map(({ references, prediction }) => ({ label: references as References, prediction }))
    type Rows = typeof given
    const parts = (drawn: Rows) => [drawn.map(({ label }) => label), drawn.map(({ prediction }) => prediction)] as const
    const options = { bleu: { smoothing: 'floor', orderMax: 3 }, chrf: { wordOrder: 2 } } as const
    await expectIntervals(textGeneration(options), given, {
      bleu: (drawn) => bleu(...parts(drawn), options.bleu).score,
      chrf: (drawn) => chrf(...parts(drawn), options.chrf),
    })
  })

  test('of boxes', async () => {
    interface Case {
      name: string
      classCount: number
      images: { boxes: number[]; labels: number[]; foundBoxes: number[]; foundLabels: number[]; scores: number[] }[]
    }
    const { cases } = readFixture<{ cases: Case[] }>('detection')
    const { classCount, images } = cases.reduce((most, one) => (one.images.length > most.images.length ? one : most))
    const rows = images.map(({ boxes, labels, foundBoxes, foundLabels, scores }) => ({
      label: { boxes, labels },
      prediction: { boxes: foundBoxes, labels: foundLabels, scores },
    }))
    type Rows = typeof rows
    const coco = (drawn: Rows) =>
      detectionMetrics(
        drawn.map(({ label, prediction }): DetectionImage => ({ truth: label, detections: prediction })),
        { classCount, boxFormat: 'size' },
      )
    const labels = Array.from({ length: classCount }, (_, index) => `class ${index}`)
    await expectIntervals(detection({ labels, boxFormat: 'size' }), rows, {
      map: (drawn: Rows) => coco(drawn).map,
      map_50: (drawn: Rows) => coco(drawn).map50,
      map_75: (drawn: Rows) => coco(drawn).map75,
    })
  })
})

test('of very many rows an area is drawn from some, and its interval is as wide as that of all', async () => {
  const rowCount = 40_000
  const rows = Array.from({ length: rowCount }, (_, row) => ({ label: row & 1, scores: random() + 0.3 * (row & 1) }))
  const { intervals, metrics } = await evaluate(classification({ labels: ['no', 'yes'], scores: 'logits' }), rows)
  const { estimate, lower, upper, standardError } = intervals.roc_auc!
  const area = metrics.roc_auc!
  expect(estimate).toBe(area)
  // Hanley and McNeil 1982, for equally many of both; their assumption on the distributions costs some percent here.
  const [q1, q2] = [area / (2 - area), (2 * area ** 2) / (1 + area)]
  const half = rowCount / 2
  const variance = area * (1 - area) + (half - 1) * (q1 - area ** 2) + (half - 1) * (q2 - area ** 2)
  const expected = Math.sqrt(variance) / half
  expect(standardError / expected).toBeGreaterThan(0.8)
  expect(standardError / expected).toBeLessThan(1.2)
  expect(lower).toBeLessThan(area)
  expect(upper).toBeGreaterThan(area)
})

test('NaN among the scores leaves areas without an interval, and the others with theirs', async () => {
  const { intervals } = await evaluate(classification({ labels: ['no', 'yes'] }), [
    { label: 0, scores: [0.9, 0.1] },
    { label: 1, prediction: 1, scores: [Number.NaN, Number.NaN] },
  ])
  expect(intervals).not.toHaveProperty('roc_auc')
  expect(intervals).toHaveProperty('accuracy')
})

test('a metric of the rows with scores has no interval where others have none', async () => {
  const { intervals, metrics } = await evaluate(classification({ labels: ['a', 'b', 'c'], topK: 2 }), [
    { label: 'a', scores: [0.5, 0.3, 0.2] },
    { label: 'b', prediction: 'b' },
  ])
  expect(metrics.top2_accuracy).toBe(1)
  expect(Object.keys(intervals)).toContain('cohen_kappa')
  for (const name of ['top2_accuracy', 'ece', 'log_loss']) expect(intervals).not.toHaveProperty(name)
})

test('BLEU and chrF with other options than the baseline are differences without an interval', async () => {
  const row = { id: 'a', label: 'the cat sat on the mat', prediction: 'the cat sat on a mat' }
  const baseline = await evaluate(textGeneration(), [row])
  const evaluation = new EvaluationLogger({
    ...{ task: textGeneration({ bleu: { orderMax: 2 } }), baseline, onProblem: () => undefined },
  })
  evaluation.log(row)
  const { comparison, metrics } = await evaluation.finish()
  expect(comparison?.deltas.bleu).toMatchObject({ rowCount: undefined, lower: undefined })
  expectClose(comparison?.deltas.bleu?.delta, metrics.bleu! - baseline.metrics.bleu!)
  expect(comparison?.deltas.chrf).toMatchObject({ delta: 0, rowCount: undefined, lower: undefined })
  expect(comparison?.deltas.token_f1).toMatchObject({ delta: 0, lower: 0, upper: 0, rowCount: 1 })
})
