import { describe, expectTypeOf, test } from 'vitest'
import {
  type ClassificationDetails,
  classification,
  custom,
  detection,
  EvaluationLogger,
  type EvaluationResult,
  type RegressionDetails,
  readEvaluation,
  regression,
} from '../src/index.ts'

describe('EvaluationLogger', () => {
  test('rows and details follow from the task', () => {
    const evaluation = new EvaluationLogger({ task: classification({ labels: ['cat', 'dog'] }), name: 'test' })
    evaluation.log({ id: 1, label: 'cat', scores: new Float32Array(2), latencyMs: undefined })
    expectTypeOf(evaluation.finish()).resolves.toEqualTypeOf<EvaluationResult<ClassificationDetails>>()
    // @ts-expect-error a row needs a label
    evaluation.log({ prediction: 'cat' })
    // @ts-expect-error there is no such member
    evaluation.log({ label: 'cat', prediction: 'dog', socres: [] })
    expectTypeOf(new EvaluationLogger({ task: regression() }).finish()).resolves.toEqualTypeOf<
      EvaluationResult<RegressionDetails>
    >()
    // @ts-expect-error numbers are not texts
    new EvaluationLogger({ task: regression() }).log({ label: '1', prediction: 1 })
  })

  test('rows of a task of one’s own', () => {
    const task = custom<{ label: string; prediction: string; length: number }>({
      metrics: { length: (row) => row.length },
    })
    const evaluation = new EvaluationLogger({ task })
    evaluation.log({ label: 'a', prediction: 'b', length: 1, id: 'x' })
    // @ts-expect-error length is missing
    evaluation.log({ label: 'a', prediction: 'b' })
  })

  test('results and stored evaluations are baselines', async () => {
    const task = regression()
    const result = await new EvaluationLogger({ task }).finish()
    new EvaluationLogger({ task, baseline: result })
    new EvaluationLogger({ task, baseline: await readEvaluation('folder') })
    // @ts-expect-error a promise is none
    new EvaluationLogger({ task, baseline: readEvaluation('folder') })
  })

  test('boxes may be flat or lists of four', () => {
    const evaluation = new EvaluationLogger({ task: detection({ labels: ['cat'] }) })
    const prediction = { boxes: new Float32Array(4), labels: [0], scores: [1] }
    evaluation.log({ label: { boxes: [[0, 0, 1, 1]], labels: ['cat'] }, prediction })
    // @ts-expect-error detections have scores
    evaluation.log({ label: { boxes: [0, 0, 1, 1], labels: [0] }, prediction: { boxes: [], labels: [] } })
  })
})
