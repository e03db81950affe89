import type { MediaValue } from '@lossline/core'
import { describe, expect, test } from 'vitest'
import {
  type BleuScore,
  classification,
  custom,
  type DetectionMetrics,
  detection,
  detectionReport,
  EvaluationLogger,
  type EvaluationResult,
  type EvaluationRow,
  type EvaluationTask,
  entityMetrics,
  type MultiLabelReport,
  maskConfusionMatrix,
  multiLabel,
  questionAnswering,
  regression,
  retrieval,
  rouge,
  segmentation,
  segmentationMetrics,
  speechRecognition,
  type TableRows,
  type TagScheme,
  textGeneration,
  tokenClassification,
  tokenF1,
} from '../src/index.ts'
import { expectClose, readFixture } from './fixture.ts'
import { openTrackedRun } from './tracked-run.ts'

/** Logs rows without a run. */
function evaluate<Row extends EvaluationRow, Details>(
  task: EvaluationTask<Row, Details>,
  rows: readonly NoInfer<Row>[],
) {
  const evaluation = new EvaluationLogger({ task, onProblem: () => undefined })
  for (const row of rows) evaluation.log(row)
  return evaluation.finish()
}

/** Logs rows into a run of its own; gives the result and what the run's folder holds. */
async function evaluateInRun<Row extends EvaluationRow, Details>(
  task: EvaluationTask<Row, Details>,
  rows: readonly NoInfer<Row>[],
): Promise<{ result: EvaluationResult<Details>; predictions: TableRows; worst: TableRows }> {
  await using tracked = await openTrackedRun()
  const evaluation = new EvaluationLogger({ run: tracked.run, task, name: 'e' })
  for (const row of rows) evaluation.log(row)
  const result = await evaluation.finish()
  const written = await tracked.finishAndRead()
  for (const [metric, value] of Object.entries(result.metrics))
    expect(written.rows[0]).toHaveProperty([`e/${metric}`], value)
  const hasWorst = result.tables.worst.length > 0
  return {
    result,
    predictions: await written.readArtifactTable('e/predictions'),
    worst: hasWorst ? await written.readTable('e/worst') : [],
  }
}

interface TextFixture {
  rows: { references: string[]; prediction: string }[]
  corpus: { bleu: { default: BleuScore }; chrf: { default: number } }
  answers: { answers: string[]; prediction: string; exactMatch: number }[]
  squad: { exactMatch: number; f1: number }
  transcripts: { reference: string; prediction: string; wer: number }[]
  wer: number
  cer: number
}
const texts = readFixture<TextFixture>('text')

test('textGeneration: BLEU and chrF of the corpus as sacrebleu, means of the rest', async () => {
  const references = texts.rows.map((row) => row.references)
  const given = texts.rows.map((row) => row.prediction)
  const rows = texts.rows.map(({ references: label, prediction }) => ({ label, prediction, inputs: { prompt: 'go' } }))
  const { result, predictions, worst } = await evaluateInRun(textGeneration(), rows)
  const scores = rouge(references, given)
  expectClose(result.metrics, {
    bleu: texts.corpus.bleu.default.score,
    chrf: texts.corpus.chrf.default,
    token_f1: tokenF1(references, given).mean,
    rouge1: scores.rouge1.f1,
    rouge2: scores.rouge2.f1,
    rouge_l: scores.rougeL.f1,
  })
  expect(predictions[0]).toMatchObject({
    ...{ id: 0, prompt: 'go', reference: 'The cat sat on the mat.', prediction: 'The cat sat on the mat.' },
    exact_match: true,
  })
  expect(worst[0]).toMatchObject({ token_f1: 0, badness: 1 })
})

test('textGeneration: speed and perplexity of the rows that say how many tokens they took', async () => {
  const row = { label: 'yes', prediction: 'yes' }
  const { metrics, basis } = await evaluate(textGeneration(), [
    { ...row, outputTokens: 30, latencyMs: 500, logProbability: 30 * Math.log(0.5) },
    { ...row, outputTokens: 10, latencyMs: 1500 },
    row,
  ])
  expect(metrics).toMatchObject({ output_tokens_per_second: 20, perplexity: expect.closeTo(2, 12), exact_match: 1 })
  expect(basis).toEqual({ output_tokens_per_second: 2, perplexity: 1, ...latencyBasis(2) })
})

/** Latencies are of the rows that have one. */
function latencyBasis(rowCount: number): Record<string, number> {
  const names = ['mean', 'p50', 'p90', 'p95', 'p99'].map((name) => `latency_ms_${name}`)
  return Object.fromEntries([...names, 'rows_per_second'].map((name) => [name, rowCount]))
}

test('questionAnswering: as SQuAD', async () => {
  const rows = texts.answers.map(({ answers, prediction }) => ({ label: answers, prediction }))
  const { result, predictions } = await evaluateInRun(questionAnswering(), rows)
  expectClose(result.metrics, { exact_match: texts.squad.exactMatch, f1: texts.squad.f1 })
  const right = predictions.map((row) => row.exact_match)
  expect(right).toEqual(texts.answers.map(({ exactMatch }) => exactMatch === 100))
})

test('speechRecognition: errors over all words, as jiwer', async () => {
  const rows = texts.transcripts.map(({ reference, prediction }) => ({ label: reference, prediction }))
  const { result, predictions } = await evaluateInRun(speechRecognition(), rows)
  expectClose(result.metrics, { wer: texts.wer, cer: texts.cer })
  expectClose(result.intervals.wer?.estimate, texts.wer)
  expectClose(
    predictions.map((row) => row.wer),
    texts.transcripts.map(({ wer }) => wer),
  )
})

test('speechRecognition: both texts are made alike as the program says', async () => {
  const normalize = (text: string) => text.toLowerCase().replace(/[.,]/g, '')
  const row = { label: 'Yes, we can.', prediction: 'yes we CAN' }
  const { metrics, tables } = await evaluate(speechRecognition({ normalize }), [row])
  expect(metrics).toEqual({ wer: 0, cer: 0 })
  expect(tables.predictions[0]).toMatchObject({ reference: 'Yes, we can.', prediction: 'yes we CAN' })
})

test('segmentation: an image of which no pixel counts is not bad', async () => {
  const { tables, metrics } = await evaluate(segmentation({ labels: ['sky', 'tree'], ignoredLabel: 255 }), [
    { id: 'ignored', label: [255, 255], prediction: [0, 1] },
    { id: 'half', label: [0, 1], prediction: [0, 0] },
  ])
  expect(tables.worst.map(({ id }) => id)).toEqual(['half'])
  expect(metrics.pixel_accuracy).toBe(0.5)
})

test('multiLabel: a score of just the threshold is enough', async () => {
  const { metrics } = await evaluate(multiLabel({ labels: ['a', 'b'] }), [{ label: ['a'], scores: [0.5, 0.49] }])
  expect(metrics.subset_accuracy).toBe(1)
})

test('classification: the curve has its points where recalls are no whole shares in binary', async () => {
  await using tracked = await openTrackedRun()
  const task = classification({ labels: ['no', 'yes'] })
  const evaluation = new EvaluationLogger({ run: tracked.run, task, confidence: false })
  // The 59 surest are right, then 50 are wrong: up to a recall of 0.59 the precision is 1.
  for (let row = 0; row < 150; row += 1) {
    const label = row < 59 || row >= 109 ? 1 : 0
    evaluation.log({ label, scores: 1 - row / 200 })
  }
  await evaluation.finish()
  const points = await (await tracked.finishAndRead()).readTable('eval/pr_curve_table')
  const at = (recall: number) => points.find((point) => point.recall === recall)?.precision
  expect([at(0.59), at(0.6)]).toEqual([1, expect.closeTo(100 / 150, 3)])
})

test('custom: yes and no are 1 and 0', async () => {
  const task = custom({ metrics: { is_short: ({ label }) => String(label).length < 3 } })
  const { metrics } = await evaluate(task, [{ label: 'no' }, { label: 'yes' }])
  expect(metrics).toEqual({ is_short: 0.5 })
})

test('regression: errors that are all the same are one bar in the middle', async () => {
  const { details } = await evaluate(
    regression(),
    [1, 2, 3].map((label) => ({ label, prediction: label + 2 })),
  )
  const { counts, edges } = details.residuals
  expect([edges[0], edges.at(-1)]).toEqual([1.5, 2.5])
  expect(counts.map((count, bin) => [count, edges[bin]]).filter(([count]) => count !== 0)).toEqual([[3, 2]])
})

interface EntityCase {
  scheme: TagScheme
  labels: string[][]
  predictions: string[][]
}

test.each(readFixture<{ cases: EntityCase[] }>('entities').cases)('tokenClassification: $name', async (one) => {
  const { labels, predictions, scheme } = one
  const rows = labels.map((label, text) => ({ label, prediction: predictions[text]!, tokens: label.map(String) }))
  const result = await evaluate(tokenClassification({ scheme }), rows)
  const { micro, macro, weighted, tokenAccuracy, perType } = entityMetrics(labels, predictions, { scheme })
  expectClose(result.metrics, {
    ...{ ...micro, f1_macro: macro.f1, f1_weighted: weighted.f1, token_accuracy: tokenAccuracy },
  })
  expect(result.details.perType).toEqual(perType)
  expectClose(result.intervals.f1?.estimate, micro.f1)
})

test('tokenClassification: a text is as bad as its entities are wrong', async () => {
  const { tables } = await evaluate(tokenClassification(), [
    { id: 'half', label: ['B-A', 'O', 'B-B'], prediction: ['B-A', 'O', 'B-C'] },
    { id: 'right', label: ['B-A', 'O'], prediction: ['B-A', 'O'] },
    { id: 'none', label: ['B-A', 'O'], prediction: ['O', 'B-A'] },
  ])
  expect(tables.worst.map(({ id, badness }) => [id, badness])).toEqual([
    ['none', 1],
    ['half', 0.5],
  ])
})

interface DetectionCase {
  classCount: number
  images: {
    boxes: number[]
    labels: number[]
    isCrowd: number[]
    areas: number[]
    foundBoxes: number[]
    foundLabels: number[]
    scores: number[]
  }[]
  expected: Omit<DetectionMetrics, 'perClass'>
}

describe.each(readFixture<{ cases: DetectionCase[] }>('detection').cases)('detection: $name', (one) => {
  const names = Array.from({ length: one.classCount }, (_, index) => `class ${index}`)

  test('as pycocotools', async () => {
    const rows = one.images.map(({ boxes, labels, isCrowd, areas, foundBoxes, foundLabels, scores }) => ({
      label: { boxes, labels: labels.map((label) => names[label]!), isCrowd, areas },
      prediction: { boxes: foundBoxes, labels: foundLabels, scores },
    }))
    const result = await evaluate(detection({ labels: names, boxFormat: 'size' }), rows)
    const { map, map50, map75, recall100 } = one.expected
    expectClose(result.metrics, { map, map_50: map50, map_75: map75, mar_100: recall100 })
    const images = one.images.map(({ boxes, labels, isCrowd, foundBoxes, foundLabels, scores }) => ({
      truth: { boxes, labels, isCrowd },
      detections: { boxes: foundBoxes, labels: foundLabels, scores },
    }))
    const { micro } = detectionReport(images, { classCount: one.classCount, boxFormat: 'size' })
    expectClose(result.metrics, { ...micro })
  })
})

test('detection draws the boxes of both sides over the image', async () => {
  const data = new Uint8Array(20 * 10 * 3)
  const { predictions } = await evaluateInRun(detection({ labels: ['cat', 'dog'], boxFormat: 'size' }), [
    {
      label: { boxes: [[1, 2, 4, 5]], labels: ['dog'] },
      prediction: { boxes: [[1, 2, 4, 4]], labels: [1], scores: [0.75] },
      image: () => ({ data, width: 20, height: 10, channels: 3 }),
    },
  ])
  const onImage = { domain: 'pixel', class_id: 1 }
  expect(predictions[0]).toMatchObject({
    ...{ objects: 1, detections: 1, right: 1, missed: 0, false_alarms: 0 },
    image: {
      ...{ _type: 'image-file', width: 20 },
      boxes: {
        ground_truth: [{ ...onImage, position: { minX: 1, minY: 2, maxX: 5, maxY: 7 }, box_caption: 'dog' }],
        predictions: [
          {
            ...{ ...onImage, position: { minX: 1, minY: 2, maxX: 5, maxY: 6 } },
            ...{ box_caption: 'dog 0.75', scores: { score: 0.75 } },
          },
        ],
      },
    },
  })
})

test.each([
  ['corners', [0.25, 0.5, 0.75, 1]],
  ['size', [0.25, 0.5, 0.5, 0.5]],
  ['center', [0.5, 0.75, 0.5, 0.5]],
] as const)('detection draws boxes given as %s', async (boxFormat, box) => {
  const task = detection({ labels: ['cat'], boxFormat, coordinates: 'fractions' })
  const { tables } = await evaluate(task, [
    {
      label: { boxes: box, labels: ['cat'] },
      prediction: { boxes: [], labels: [], scores: [] },
      image: { data: new Uint8Array(100), width: 10, height: 10, channels: 1 },
    },
  ])
  const image = tables.predictions[0]?.image as MediaValue | undefined
  const snapshot = image?.toSnapshot() as { readonly boxes?: BoxSnapshot[] } | undefined
  const [layer] = snapshot?.boxes ?? []
  expect(JSON.parse(layer?.boxesJson ?? '')).toEqual([
    { position: { minX: 0.25, minY: 0.5, maxX: 0.75, maxY: 1 }, class_id: 0, box_caption: 'cat' },
  ])
})

interface BoxSnapshot {
  readonly boxesJson: string
}

interface MaskCase {
  classCount: number
  ignoredLabel?: number
  labels: number[]
  predictions: number[]
}

test.each(readFixture<{ cases: MaskCase[] }>('segmentation').cases)('segmentation: $name', async (one) => {
  const { labels, predictions, classCount, ignoredLabel } = one
  const ignored = ignoredLabel === undefined ? {} : { ignoredLabel }
  const names = Array.from({ length: classCount }, (_, index) => `class ${index}`)
  const half = Math.floor(labels.length / 2)
  const parts = [
    [0, half],
    [half, labels.length],
  ] as const
  const rows = parts.map(([from, to]) => ({ label: labels.slice(from, to), prediction: predictions.slice(from, to) }))
  const result = await evaluate(segmentation({ labels: names, ...ignored }), rows)
  const expected = segmentationMetrics(maskConfusionMatrix(labels, predictions, { classCount, ...ignored }))
  expectClose(result.metrics, {
    ...{ mean_iou: expected.meanIou, dice: expected.meanDice, pixel_accuracy: expected.pixelAccuracy },
    frequency_weighted_iou: expected.frequencyWeightedIou,
  })
  expectClose(result.intervals.mean_iou?.estimate, expected.meanIou)
})

test('segmentation draws the masks of both sides over the image', async () => {
  const label = [0, 1, 1, 255]
  const { predictions } = await evaluateInRun(segmentation({ labels: ['ground', 'road'], ignoredLabel: 255 }), [
    { label, prediction: [0, 1, 0, 1], image: { data: new Uint8Array(4), width: 2, height: 2, channels: 1 } },
  ])
  expect(predictions[0]).toMatchObject({
    image: { masks: { ground_truth: { _type: 'mask' }, predictions: { _type: 'mask' } } },
    pixel_accuracy: 2 / 3,
  })
})

interface MultiLabelCase {
  labelCount: number
  labels: number[]
  predictions: number[]
  subsetAccuracy: number
  hammingLoss: number
  zeroDivision0: MultiLabelReport
}

test.each(readFixture<{ cases: MultiLabelCase[] }>('multi-label').cases)('multiLabel: $name', async (one) => {
  const { labelCount, labels, predictions } = one
  const names = Array.from({ length: labelCount }, (_, index) => `label ${index}`)
  const rowCount = labels.length / labelCount
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const slice = (cells: number[]) => cells.slice(row * labelCount, (row + 1) * labelCount)
    return {
      label: new Set(names.filter((_, index) => slice(labels)[index] === 1)),
      scores: slice(predictions).map((cell) => (cell === 1 ? 0.75 : 0.25)),
    }
  })
  const result = await evaluate(multiLabel({ labels: names }), rows)
  const { micro, macro, weighted, samples } = one.zeroDivision0
  expectClose(result.metrics, {
    ...{ subset_accuracy: one.subsetAccuracy, hamming_loss: one.hammingLoss },
    ...{ f1_micro: micro.f1, precision_macro: macro.precision, recall_weighted: weighted.recall },
    ...{ f1_samples: samples.f1, precision_samples: samples.precision },
  })
  expectClose(result.intervals.f1_micro?.estimate, micro.f1)
})

test('multiLabel: areas are means over the labels that occur', async () => {
  const labels = ['red', 'green', 'blue']
  const rows = [
    { label: ['red'], scores: [0.9, 0.4, 0.1] },
    { label: ['green'], scores: [0.2, 0.3, 0.1] },
    { label: [], scores: [0.3, 0.1, 0.1] },
  ]
  const { metrics, details, tables } = await evaluate(multiLabel({ labels }), rows)
  expect(details.perClass.map(({ rocAuc }) => rocAuc)).toEqual([1, 0.5, Number.NaN])
  expect(metrics).toMatchObject({ roc_auc: 0.75, average_precision: 0.75, subset_accuracy: 2 / 3 })
  expect(tables.confidentWrong[0]).toMatchObject({ id: 1, label: ['green'], prediction: [], confidence: 0.7 })
  const broken = await evaluate(multiLabel({ labels, scores: 'logits' }), [
    ...rows,
    { label: ['red'], scores: [Number.NaN, 0, 0] },
  ])
  expect(broken.metrics).toMatchObject({ roc_auc: Number.NaN, average_precision: Number.NaN })
  expect(broken.details.perClass[1]?.rocAuc).not.toBeNaN()
})

interface RetrievalCase {
  ranked: number[]
  relevant: [number, number][]
  ndcg3: number
  recall5: number
  precision5: number
  reciprocalRank: number
}

test('retrieval: as scikit-learn, and queries without anything relevant do not count', async () => {
  const { cases } = readFixture<{ cases: RetrievalCase[] }>('retrieval')
  const rows = cases.map(({ ranked, relevant }) => ({ label: new Map(relevant), prediction: ranked }))
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const counted = cases.filter(({ relevant }) => relevant.some(([, gain]) => gain > 0))
  const { result } = await evaluateInRun(retrieval({ k: 5 }), rows)
  expectClose(result.metrics, {
    recall_at_5: mean(counted.map(({ recall5 }) => recall5)),
    precision_at_5: mean(counted.map(({ precision5 }) => precision5)),
  })
  const atThree = await evaluate(retrieval({ k: 3 }), [...rows, { label: [], prediction: ['x'] }])
  expectClose(atThree.metrics.ndcg_at_3, mean(counted.map(({ ndcg3 }) => ndcg3)))
  expect(atThree.basis.ndcg_at_3).toBe(counted.length)
})

test('retrieval: a query is right if what it found first is relevant, and neither if nothing is', async () => {
  const rows = [
    { id: 'right', label: new Map([['x', 2]]), prediction: ['x', 'y'] },
    { id: 'judged, and not relevant', label: new Map(Object.entries({ y: 0, x: 1 })), prediction: ['y', 'x'] },
    { id: 'empty', label: new Map([['x', 0]]), prediction: ['x'] },
  ]
  const { tables, records, details } = await evaluate(retrieval(), rows)
  expect([...records.isCorrect]).toEqual([1, 0, Number.NaN])
  expect(tables.worst.map(({ id }) => id)).toEqual(['judged, and not relevant'])
  expect(tables.predictions.map(({ relevant }) => relevant)).toEqual([['x'], ['x'], []])
  expect(details.emptyQueryCount).toBe(1)
})
