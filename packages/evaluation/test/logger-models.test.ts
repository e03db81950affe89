import { plot } from '@lossline/core'
import { describe, expect, test } from 'vitest'
import {
  classification,
  EvaluationLogger,
  encodeLabels,
  isOfClass,
  readEvaluation,
  regression,
  rocCurve,
  scoresOfClass,
  softmaxRows,
} from '../src/index.ts'
import { expectClose, readFixture } from './fixture.ts'
import { openTrackedRun } from './tracked-run.ts'

interface ExpectedClassifier {
  classes: string[]
  labels: (string | number)[]
  predicted: (string | number)[]
  per_class: { precision: number; recall: number; f1: number; support: number }[]
  confusion_matrix: number[][]
  roc_auc_per_class: number[]
  average_precision_per_class: number[]
  [metric: string]: unknown
}

describe.each(['digits-cnn', 'ticket-classifier'])('%s', (model) => {
  const expected = readFixture<ExpectedClassifier>(`${model}.expected`)
  const logits = readFixture<number[][]>(`${model}.logits`)
  const { classes } = expected

  test('the metrics of the run are those of scikit-learn', async () => {
    await using tracked = await openTrackedRun()
    const evaluation = new EvaluationLogger({
      run: tracked.run,
      task: classification({ labels: classes, topK: 2, scores: 'logits' }),
      name: 'test',
    })
    for (const [id, row] of logits.entries()) {
      evaluation.log({
        id,
        label: String(expected.labels[id]),
        scores: Float32Array.from(row),
        inputs: () => ({ text: `row ${id}` }),
        latencyMs: id,
      })
    }
    const { details } = await evaluation.finish()
    const written = await tracked.finishAndRead()
    const [row = {}] = written.rows
    const actual = (name: string): unknown => row[`test/${name}`]
    const names = {
      ...Object.fromEntries(
        ['accuracy', 'balanced_accuracy', 'mcc', 'log_loss', 'top2_accuracy'].map((name) => [name, name]),
      ),
      ...Object.fromEntries(
        ['precision', 'recall', 'f1'].flatMap((name) =>
          ['macro', 'weighted'].map((average) => [`${name}_${average}`, `${name}_${average}`]),
        ),
      ),
      roc_auc: 'roc_auc_ovr_macro',
      average_precision: 'average_precision_macro',
      ece: 'ece_10',
    }
    for (const [name, wanted] of Object.entries(names)) expectClose(actual(name), expected[wanted], name)
    expect([...details.confusionMatrix.counts]).toEqual(expected.confusion_matrix.flat())
    for (const [index, one] of details.perClass.entries()) {
      const { precision, recall, f1, support } = expected.per_class[index]!
      expectClose(one, {
        ...{ class: classes[index], precision, recall, f1, support },
        rocAuc: expected.roc_auc_per_class[index],
        averagePrecision: expected.average_precision_per_class[index],
      })
    }
    const table = await written.readTable('test/predictions')
    expect(table.length).toBe(logits.length)
    expect(table.map(({ prediction }) => prediction)).toEqual(expected.predicted.map(String))
    expect(table[3]).toMatchObject({ id: 3, text: 'row 3', latency_ms: 3 })
  })
})

test("the charts are those of W&B's presets, with the values of whole curves", async () => {
  const expected = readFixture<ExpectedClassifier>('digits-cnn.expected')
  const logits = readFixture<number[][]>('digits-cnn.logits')
  await using tracked = await openTrackedRun()
  const evaluation = new EvaluationLogger({
    run: tracked.run,
    task: classification({ labels: expected.classes, scores: 'logits' }),
    confidence: false,
  })
  for (const [id, scores] of logits.entries()) evaluation.log({ id, label: String(expected.labels[id]), scores })
  await evaluation.finish()
  const written = await tracked.finishAndRead()

  const matrix = await written.readTable('eval/confusion_matrix_table')
  const cells = expected.classes.flatMap((Actual, row) =>
    expected.classes.map((Predicted, column) => ({
      ...{ Actual, Predicted, nPredictions: expected.confusion_matrix[row]?.[column] },
    })),
  )
  expect(matrix).toEqual(cells)

  const probabilities = softmaxRows(logits.flat(), 10)
  const { labels } = encodeLabels(expected.labels.map(String), expected.classes)
  const yProbas = logits.map((_, row) => probabilities.subarray(row * 10, (row + 1) * 10))
  const ofCore = plot.prCurve({ yTrue: [...labels], yProbas, labels: expected.classes, interpSize: 101 })
  const curve = await written.readTable('eval/pr_curve_table')
  expectClose(curve, [...ofCore.table.iterateObjects()])

  const roc = await written.readTable('eval/roc_curve_table')
  for (const [index, name] of expected.classes.entries()) {
    const isPositive = isOfClass(labels, index)
    const whole = rocCurve(isPositive, scoresOfClass(probabilities, 10, index), { dropsIntermediate: false })
    const points = new Set(
      Array.from(whole.falsePositiveRate, (rate, at) => `${rate.toFixed(3)} ${whole.truePositiveRate[at]?.toFixed(3)}`),
    )
    const drawn = roc.filter((point) => point.class === name)
    expect(drawn[0]).toMatchObject({ fpr: 0, tpr: 0 })
    expect(drawn.at(-1)).toMatchObject({ fpr: 1, tpr: 1 })
    const strays = drawn.filter(({ fpr, tpr }) => !points.has(`${Number(fpr).toFixed(3)} ${Number(tpr).toFixed(3)}`))
    expect(strays).toEqual([])
  }
})

test('diabetes: the metrics are those of scikit-learn', async () => {
  const expected = readFixture<{ target: number[]; predicted: number[]; [metric: string]: unknown }>(
    'diabetes.expected',
  )
  await using tracked = await openTrackedRun()
  const evaluation = new EvaluationLogger({ run: tracked.run, task: regression() })
  for (const [row, label] of expected.target.entries()) {
    evaluation.log({ label, prediction: expected.predicted[row]! })
  }
  const { metrics } = await evaluation.finish()
  const common = Object.keys(metrics).filter((name) => name in expected)
  expect(common).toEqual(expect.arrayContaining(['mae', 'mse', 'rmse', 'r2', 'mape', 'pearson', 'spearman']))
  for (const name of common) expectClose(metrics[name], expected[name], name)
  const written = await tracked.finishAndRead()
  expect(written.rows[0]).toMatchObject({ 'eval/residuals._type': 'histogram' })
  const stored = written.artifacts[0]!
  expect(stored).toMatchObject({ name: 'evaluation-eval', type: 'evaluation' })
  const again = await readEvaluation(stored.pathOf('evaluation.json'))
  expect(again.metrics).toEqual(metrics)
  expect(again.records.ids).toHaveLength(expected.target.length)
})

test('of many numbers a page shows as many points as can be told apart', async () => {
  await using tracked = await openTrackedRun()
  const evaluation = new EvaluationLogger({ run: tracked.run, task: regression(), confidence: false, maxRows: 10 })
  for (let row = 0; row < 4500; row += 1) evaluation.log({ label: row, prediction: row === 3 ? Number.NaN : row + 1 })
  await evaluation.finish()
  const points = await (await tracked.finishAndRead()).readTable('eval/predicted_vs_actual_table')
  // Every third of them, without the one that has no place.
  expect(points).toHaveLength(1499)
  expect(points[1]).toEqual({ actual: 6, predicted: 7 })
})
