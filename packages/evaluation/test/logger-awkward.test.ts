import { Image } from '@lossline/core'
import type { Problem } from '@lossline/core/adapter'
import { describe, expect, test } from 'vitest'
import {
  type ClassificationOptions,
  classification,
  custom,
  detection,
  EvaluationLogger,
  type EvaluationLoggerOptions,
  type EvaluationProblemCode,
  type EvaluationRow,
  type EvaluationTask,
  multiLabel,
  questionAnswering,
  regression,
  retrieval,
  segmentation,
  speechRecognition,
  textGeneration,
  tokenClassification,
} from '../src/index.ts'
import { openTrackedRun } from './tracked-run.ts'

function evaluate<Row extends EvaluationRow, Details>(
  task: EvaluationTask<Row, Details>,
  rows: readonly NoInfer<Row>[],
  options: Partial<EvaluationLoggerOptions<Row, Details>> = {},
) {
  const evaluation = new EvaluationLogger({ task, onProblem: () => undefined, ...options })
  for (const row of rows) evaluation.log(row)
  return evaluation.finish()
}

const labels = ['cat', 'dog']
const tasks: Record<string, EvaluationTask<never, unknown>> = {
  classification: classification(),
  multiLabel: multiLabel({ labels }),
  regression: regression(),
  detection: detection({ labels }),
  segmentation: segmentation({ labels }),
  tokenClassification: tokenClassification(),
  textGeneration: textGeneration(),
  questionAnswering: questionAnswering(),
  speechRecognition: speechRecognition(),
  retrieval: retrieval(),
  custom: custom({ metrics: { one: () => 1 } }),
}

test.each(Object.keys(tasks))('%s without a row: nothing is known, and the run says so', async (kind) => {
  await using tracked = await openTrackedRun()
  const result = await evaluate(tasks[kind]!, [], {
    run: tracked.run,
    onProblem: (problem) => expect.fail(problem.message),
  })
  expect(result).toMatchObject({ rowCount: 0, intervals: {}, comparison: undefined })
  const known = Object.entries(result.metrics).filter(([, value]) => value !== 0 && !Number.isNaN(value))
  expect(known).toEqual([])
  const [row = {}] = (await tracked.finishAndRead()).rows
  expect(row).toMatchObject({ 'eval/row_count': 0 })
  expect(Object.keys(row).filter((key) => /predictions|worst|confident_wrong/.test(key))).toEqual([])
})

describe('classification', () => {
  const evaluateScores = (scores: readonly (readonly number[])[], options: ClassificationOptions = {}) =>
    evaluate(
      classification({ labels, ...options }),
      scores.map((row, id) => ({ id, label: id % 2, scores: row })),
    )

  test('NaN among the scores: what uses them is NaN, the rest is there', async () => {
    const { metrics, tables, details } = await evaluateScores([
      [0.9, 0.1],
      [Number.NaN, Number.NaN],
    ])
    expect(metrics).toMatchObject({ accuracy: 0.5, log_loss: Number.NaN, brier: Number.NaN, ece: Number.NaN })
    expect(metrics).toMatchObject({ roc_auc: Number.NaN, average_precision: Number.NaN })
    expect(tables.worst[0]).toMatchObject({ id: 1, badness: Number.NaN })
    expect(tables.confidentWrong).toEqual([])
    expect(details.bestThreshold).toBeUndefined()
  })

  test('NaN among the scores of more classes leaves no average', async () => {
    const rows = [
      { label: 0, scores: [0.8, 0.1, 0.1] },
      { label: 1, scores: [0.1, 0.8, 0.1] },
      { label: 2, scores: [Number.NaN, 0.4, 0.6] },
    ]
    const { metrics, details } = await evaluate(classification(), rows)
    expect(metrics).toMatchObject({ roc_auc: Number.NaN, average_precision: Number.NaN })
    expect(details.perClass.map(({ rocAuc }) => rocAuc)).toEqual([Number.NaN, 1, 1])
  })

  test('one class only: areas are NaN, and there is no curve', async () => {
    await using tracked = await openTrackedRun()
    const rows = [{ label: 'cat', scores: [0.9, 0.1] }]
    const { metrics } = await evaluate(classification({ labels }), rows, { run: tracked.run })
    expect(metrics).toMatchObject({ accuracy: 1, roc_auc: Number.NaN, average_precision: 0, mcc: 0 })
    const { rows: written, artifacts } = await tracked.finishAndRead()
    expect(Object.keys(written[0] ?? {}).filter((key) => key.includes('curve'))).toEqual([])
    expect(written[0]).toMatchObject({ 'eval/roc_auc': Number.NaN })
    expect(artifacts).toHaveLength(1)
  })

  test('scores that are no probabilities: nothing that needs them, and it is told', async () => {
    const problems: Problem[] = []
    const rows = [
      { label: 'cat', scores: [3, -1] },
      { label: 'dog', scores: [2, 5] },
    ]
    const { metrics, notes } = await evaluate(classification({ labels }), rows, {
      onProblem: (problem) => problems.push(problem),
    })
    expect(metrics).toMatchObject({ accuracy: 1 })
    for (const name of ['log_loss', 'brier', 'ece', 'roc_auc', 'average_precision']) {
      expect(metrics).not.toHaveProperty(name)
    }
    expect(notes[0]).toContain("scores: 'logits'")
    expect(problems.map(({ code }) => code)).toContain('evaluation-scores')
  })

  test('columns of a row do not take the place of what the evaluation says', async () => {
    const problems: Problem[] = []
    const rows = [{ label: 'cat', prediction: 'dog', columns: { prediction: 'cat', source: 'mail' } }]
    const { tables } = await evaluate(classification({ labels }), rows, {
      onProblem: (problem) => problems.push(problem),
    })
    expect(tables.predictions).toMatchObject([{ label: 'cat', prediction: 'dog', source: 'mail' }])
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'evaluation-column', message: expect.stringContaining('"prediction"') }),
    )
  })

  test('logits are made probabilities', async () => {
    const logits = await evaluateScores([[0, Math.log(3)]], { scores: 'logits' })
    const probabilities = await evaluateScores([[0.25, 0.75]])
    expect(logits.metrics.log_loss).toBeCloseTo(probabilities.metrics.log_loss ?? 0, 12)
  })

  test('one score of two classes, and another positive class', async () => {
    const rows = [
      { label: 'cat', scores: 0.2 },
      { label: 'dog', scores: Float32Array.of(0.75) },
      { label: 'dog', scores: [0.6, 0.4] },
    ]
    const [dog, cat] = await Promise.all(
      [undefined, 'cat'].map((positive) => evaluate(classification({ labels, positive }), rows)),
    )
    expect(dog?.metrics).toMatchObject({ precision: 1, recall: 0.5, best_threshold: expect.closeTo(0.4, 6) })
    expect(cat?.metrics).toMatchObject({ precision: 0.5, recall: 1 })
  })

  test('rows without scores among others: the basis says how many have them', async () => {
    const rows = [
      { label: 'cat', scores: [0.9, 0.1] },
      { label: 'dog', scores: [0.2, 0.8] },
      { label: 'dog', prediction: 'cat' },
    ]
    const { metrics, basis, notes } = await evaluate(classification({ labels }), rows)
    expect(metrics.accuracy).toBe(2 / 3)
    expect(basis).toMatchObject({ log_loss: 2, roc_auc: 2 })
    expect(basis).not.toHaveProperty('accuracy')
    expect(notes).toEqual(['1 rows have no scores.'])
  })

  test('labels may be bigints, booleans, indices or names', async () => {
    const found = await evaluate(classification(), [
      { label: 2n, prediction: 2 },
      { label: 0, prediction: 1n },
    ])
    expect(found.details.classes).toEqual(['0', '1', '2'])
    const booleans = await evaluate(classification(), [{ label: true, prediction: false }])
    expect(booleans.details.classes).toEqual(['false', 'true'])
    const listed = await evaluate(classification({ labels }), [{ label: 'dog', prediction: 1 }])
    expect(listed.metrics.accuracy).toBe(1)
    const numbers = await evaluate(classification({ labels: [10, 20] }), [{ label: 20, prediction: 20 }])
    expect(numbers.details.classes).toEqual(['10', '20'])
  })

  test.each([
    [{ labels: [] }, 'evaluation-option'],
    [{ labels: ['a', 'a'] }, 'evaluation-option'],
    [{ labels: Array.from({ length: 2001 }, (_, index) => `c${index}`) }, 'evaluation-option'],
    [{ labels: ['a', 'b', 'c'], positive: 'a' }, 'evaluation-option'],
    [{ labels: ['a', 'b'], positive: 'c' }, 'evaluation-label'],
    [{ topK: 0 }, 'evaluation-option'],
  ])('options %j', (options, code) => {
    expect(() => classification(options)).toThrow(expect.objectContaining({ code }))
  })

  test.each([{}, Promise.resolve(), 'run'])('a run that is none: %j', (run) => {
    const create = () => new EvaluationLogger({ task: classification(), run: run as never })
    expect(create).toThrow(expect.objectContaining({ code: 'evaluation-option' }))
  })

  test('a wrong row leaves nothing behind', async () => {
    const evaluation = new EvaluationLogger({ task: classification(), onProblem: () => undefined })
    evaluation.log({ label: 0, scores: [0.6, 0.4] })
    for (const row of [
      { label: 7, scores: [0.5, 0.5] },
      { label: 1, scores: [0.2, 0.3, 0.5] },
      { label: 'cat', scores: [0.5, 0.5] },
      { label: 0, prediction: 5, scores: [0.5, 0.5] },
      { label: -1, prediction: 0 },
      { label: 0.5, prediction: 0 },
    ]) {
      expect(() => evaluation.log(row)).toThrow()
    }
    evaluation.log({ label: 1, scores: [0.4, 0.6] })
    const { details, metrics } = await evaluation.finish()
    expect(details.classes).toEqual(['0', '1'])
    expect(metrics.accuracy).toBe(1)
  })
})

describe('tables', () => {
  test('what is logged is copied', async () => {
    await using tracked = await openTrackedRun()
    const pixels = new Uint8Array(4).fill(100)
    const scores = Float32Array.of(0.25, 0.75)
    const list = [1, 2]
    const samples = Float32Array.of(1, 2)
    // The `slice` of a Buffer shares its memory.
    const buffer = Buffer.from([3, 4])
    const image = new Image(pixels, { width: 2, height: 2, channels: 1 })
    const evaluation = new EvaluationLogger({ run: tracked.run, task: classification({ labels }) })
    evaluation.log({ label: 1, scores, inputs: { image, list, deep: { list } }, columns: () => ({ samples, buffer }) })
    for (const one of [pixels, scores, list, samples, buffer]) one.fill(0)
    const { tables } = await evaluation.finish()
    const [shown] = tables.predictions
    expect(shown).toMatchObject({ score: 0.75, list: [1, 2], deep: { list: [1, 2] }, samples: Float32Array.of(1, 2) })
    expect(shown).toMatchObject({ buffer: Buffer.from([3, 4]) })
    expect(shown).toHaveProperty('image')
    expect((shown?.image as Image | undefined)?.toSnapshot().content).toMatchObject({
      data: Uint8Array.of(100, 100, 100, 100),
    })
    const [row] = await (await tracked.finishAndRead()).readArtifactTable('eval/predictions')
    expect(row?.image).toMatchObject({ _type: 'image-file', width: 2 })
  })

  test('columns that throw or cannot be in a table are told of; the row counts', async () => {
    await using tracked = await openTrackedRun()
    const problems: EvaluationProblemCode[] = []
    const messages: string[] = []
    const onProblem = ({ code, message }: { code: EvaluationProblemCode; message: string }) => {
      problems.push(code)
      messages.push(message)
    }
    await evaluate(
      regression(),
      [
        {
          ...{ label: 1, prediction: 2 },
          inputs: () => {
            throw new Error('no file')
          },
        },
        { label: 1, prediction: 2, inputs: { call: () => 1, mixed: 1 } },
        { label: 1, prediction: 2, inputs: { mixed: 'text' }, columns: { label: 'not the label' } },
      ],
      { run: tracked.run, onProblem },
    )
    expect(problems).toEqual(['evaluation-inputs', 'evaluation-column'])
    expect(messages[0]).toContain('no file')
    const written = await tracked.finishAndRead()
    const rows = await written.readTable('eval/predictions')
    expect(rows.map(({ mixed }) => mixed)).toEqual([null, 1, 'text'])
    expect(rows[0]).not.toHaveProperty('call')
    expect(written.rows[0]).toMatchObject({ 'eval/mae': 1 })
  })

  test('large inputs are kept up to a bound, and then of the worst only', async () => {
    const made: number[] = []
    const rows = Array.from({ length: 40 }, (_, id) => ({
      ...{ id, label: 0, prediction: id === 39 ? 100 : 1 },
      inputs: () => {
        made.push(id)
        return { audio: new Float32Array(64 * 1024), text: 'short' }
      },
    }))
    // Room for a megabyte: four of a quarter, with whatever else there is.
    const { tables, notes } = await evaluate(regression(), rows, { keptMegabytes: 0.25, worstCount: 1 })
    expect(made).toEqual([0, 1, 2, 3, 39])
    expect(tables.predictions.map((row) => 'audio' in row)).toEqual(rows.map(({ id }) => made.includes(id)))
    expect(tables.worst).toEqual([expect.objectContaining({ id: 39, text: 'short' })])
    expect(notes).toEqual([expect.stringContaining('35 rows')])
  })

  test('rows that others replace make room again', async () => {
    const rows = Array.from({ length: 200 }, (_, id) => ({
      ...{ id, label: 0, prediction: 1 },
      inputs: () => ({ audio: new Float32Array(64 * 1024) }),
    }))
    const { tables, notes } = await evaluate(regression(), rows, { keptMegabytes: 0.25, worstCount: 0, maxRows: 2 })
    expect(tables.predictions.map(({ id, audio }) => [Number(id) > 8, audio])).toEqual([
      [true, expect.any(Float32Array)],
      [true, expect.any(Float32Array)],
    ])
    expect(notes).toEqual([expect.stringContaining('fair sample of 2 of 200')])
  })

  test('the worst first, and of the wrong ones the surest', async () => {
    const rows = [0.9, 0.6, 0.2, 0.05, 0.45].map((score, id) => ({ id, label: 'dog', scores: [1 - score, score] }))
    const { tables } = await evaluate(classification({ labels }), rows, { worstCount: 2 })
    expect(tables.worst.map(({ id }) => id)).toEqual([3, 2])
    expect(tables.confidentWrong.map(({ id, confidence }) => [id, confidence])).toEqual([
      [3, 0.95],
      [2, 0.8],
    ])
  })
})

test('latency: percentiles without the rows that warm up', async () => {
  const rows = [1000, 10, 20, 30, 40].map((latencyMs) => ({ label: 1, prediction: 1, latencyMs }))
  const { metrics } = await evaluate(regression(), rows, { warmUpCount: 1 })
  expect(metrics).toMatchObject({ latency_ms_mean: 25, latency_ms_p50: 25, rows_per_second: 40 })
  expect(metrics.latency_ms_p90).toBeCloseTo(37, 9)
  expect(Object.keys((await evaluate(regression(), [{ label: 1, prediction: 1 }])).metrics)).not.toContain(
    'latency_ms_p50',
  )
})

test('custom: right and wrong, and what its functions throw', async () => {
  const task = custom<{ label: string; prediction: string; sure: number }>({
    metrics: { same_length: ({ label, prediction }) => Number(label.length === prediction.length) },
    isCorrect: ({ label, prediction }) => label === prediction,
    confidence: ({ sure }) => sure,
    columns: ({ label }) => ({ text: label }),
  })
  const evaluation = new EvaluationLogger({ task, onProblem: () => undefined })
  evaluation.log({ label: 'ab', prediction: 'cd', sure: 0.5 })
  expect(() => evaluation.log({ label: 'ab', prediction: undefined as never, sure: 1 })).toThrow(TypeError)
  const { metrics, tables, rowCount, intervals } = await evaluation.finish()
  expect([metrics.same_length, rowCount, intervals.same_length?.estimate]).toEqual([1, 1, 1])
  expect(tables.confidentWrong).toEqual([{ id: 0, text: 'ab', confidence: 0.5 }])
})
