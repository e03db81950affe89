import { describe, expect, test } from 'vitest'
import { classification, EvaluationLogger, readEvaluation, regression } from '../src/index.ts'
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
