import { classification, custom } from '@lossline/evaluation'
import { expect, onTestFinished, test } from 'vitest'
import { evaluatePipeline, reportTo } from '../src/index.ts'
import { createFakePipeline, makeImage } from './fake-pipeline.ts'
import { transformers } from './local-models.ts'
import { loadTickets } from './tickets.ts'
import { callsOf, openTrackedRun } from './tracked-run.ts'

const { test: tickets } = loadTickets()

test.each([1, 32])('a classifier is evaluated, %s examples a call', async (batchSize) => {
  await using tracked = await openTrackedRun()
  const pipe = await transformers.pipeline('text-classification', 'ticket-classifier')
  reportTo(pipe, { run: tracked.run, maxRows: 0 })
  const { metrics, tables } = await evaluatePipeline(pipe, { run: tracked.run, data: tickets, name: 'test', batchSize })
  // What scikit-learn computes from the same model.
  expect(metrics).toMatchObject({ accuracy: 0.90625 })
  expect(metrics.f1_macro).toBeCloseTo(0.9072515212981743, 9)
  expect(metrics.log_loss).toBeCloseTo(0.21349066359855146, 5)
  expect(metrics.roc_auc).toBeCloseTo(0.9937857616899691, 4)
  expect(tables.predictions[0]).toMatchObject({ input: tickets[0]?.text, label: 'billing' })
  const written = await tracked.finishAndRead()
  expect(callsOf(written, 'text-classification')).toHaveLength(Math.ceil(224 / batchSize))
  expect(written.summary).toMatchObject({ 'test/accuracy': 0.90625 })
})

test('zero-shot classification is judged by its candidates, in any order', async () => {
  const answers = new Map([
    ['a', { labels: ['y', 'x'], scores: [0.9, 0.1] }],
    ['b', { labels: ['x', 'y'], scores: [0.8, 0.2] }],
  ])
  const pipe = createFakePipeline('zero-shot-classification', (text: string) => ({
    sequence: text,
    ...answers.get(text),
  }))
  const data = [...answers.keys()].map((text) => ({ text, extraInput: ['x', 'y'], label: 'y' }))
  const { metrics, tables } = await evaluatePipeline(pipe, { data, onProblem: () => {} })
  expect(metrics.accuracy).toBe(0.5)
  expect(tables.predictions).toMatchObject([{ prediction: 'y' }, { prediction: 'x' }])
})

test('candidates may come in another order with each example, and several at a time must be the same', async () => {
  const pipe = createFakePipeline('zero-shot-image-classification', (_, [first]: string[]) => [
    { label: first, score: 0.9 },
    { label: first === 'x' ? 'y' : 'x', score: 0.1 },
  ])
  const data = [
    { text: 'a', extraInput: ['x', 'y'], label: 'x' },
    { text: 'b', extraInput: ['y', 'x'], label: 'y' },
  ]
  const { metrics } = await evaluatePipeline(pipe, { data, onProblem: () => {} })
  expect(metrics.accuracy).toBe(1)
  await expect(evaluatePipeline(pipe, { data, batchSize: 2, onProblem: () => {} })).rejects.toMatchObject({
    code: 'transformers-option',
  })
})

test('of what a model wrote only that counts which is new', async () => {
  const write = createFakePipeline('text-generation', (_: string, { return_full_text: isWhole = true }) => [
    { generated_text: isWhole ? 'hello WORLD hello' : 'hello' },
  ])
  const data = [{ text: 'hello', label: 'hello' }]
  const { metrics } = await evaluatePipeline(write, { data, onProblem: () => {} })
  expect(metrics.exact_match).toBe(1)
})

test('other pipelines are judged by the task that is given', async () => {
  const texts = createFakePipeline('text-generation', () => [{ generated_text: ' world' }])
  const exact = custom<{ label: string; prediction: string }>({
    metrics: { exact: ({ label, prediction }) => (label === prediction.trim() ? 1 : 0) },
  })
  const data = async function* () {
    yield { id: 'one', text: 'hello', label: 'world' }
    yield { id: 'two', text: 'hi', label: 'you', columns: { source: 'test' } }
  }
  const { metrics, tables } = await evaluatePipeline(texts, { data: data(), task: exact, onProblem: () => {} })
  expect(metrics.exact).toBe(0.5)
  expect(tables.predictions).toMatchObject([
    { id: 'one', input: 'hello' },
    { id: 'two', source: 'test' },
  ])
})

const image = makeImage(8, 8)

test.each<[string, unknown, unknown, unknown, Record<string, number>]>([
  ['summarization', 'long', [{ summary_text: 'a short text' }], 'a short text', { exact_match: 1, rouge1: 1 }],
  ['automatic-speech-recognition', 'a.wav', { text: 'hello you' }, 'hello world', { wer: 0.5 }],
  ['question-answering', 'Who?', { answer: 'Ada', score: 0.9 }, ['Ada', 'Ada L.'], { exact_match: 100, f1: 100 }],
  [
    'token-classification',
    'Ada sleeps',
    [
      { entity: 'B-PER', score: 1, index: 1, word: 'Ada' },
      { entity: 'O', score: 1, index: 2, word: 'sleeps' },
    ],
    ['B-PER', 'O'],
    { f1: 1 },
  ],
  [
    'object-detection',
    image,
    [{ label: 'cat', score: 0.9, box: { xmin: 1, ymin: 1, xmax: 5, ymax: 5 } }],
    { boxes: [[1, 1, 5, 5]], labels: ['cat'] },
    { map: 1 },
  ],
])('%s is judged by its own task', async (task, input, output, label, expected) => {
  const seen: unknown[] = []
  const pipe = createFakePipeline(task, (...args: unknown[]) => {
    seen.push(args.at(-1))
    return output
  })
  const data = [{ input, extraInput: task === 'question-answering' ? 'Ada did it.' : undefined, label }]
  const { metrics } = await evaluatePipeline(pipe, { data, labels: ['cat'], onProblem: () => {} })
  expect(metrics).toMatchObject(expected)
  if (task === 'token-classification') expect(seen).toEqual([{ ignore_labels: [] }])
  if (task === 'object-detection') expect(seen).toEqual([{ threshold: 0.01 }])
})

test('segments become a class for each pixel', async () => {
  const mask = (...data: number[]) => ({ data: Uint8Array.from(data), width: 2, height: 2, channels: 1 })
  const output = [
    { label: 'cat', score: null, mask: mask(255, 255, 0, 0) },
    { label: 'dog', score: null, mask: mask(0, 255, 0, 0) },
  ]
  const pipe = createFakePipeline('image-segmentation', () => output)
  const data = [{ input: mask(1, 2, 3, 4), label: [1, 1, 0, 2] }]
  const labels = ['Background', 'cat', 'dog']
  const { metrics } = await evaluatePipeline(pipe, { data, labels, onProblem: () => {} })
  // Said: cat, dog, background, background.
  expect(metrics).toMatchObject({ pixel_accuracy: 0.5, mean_iou: (1 / 2 + 1 / 2 + 0) / 3 })
  const empty = createFakePipeline('image-segmentation', () => [])
  expect((await evaluatePipeline(empty, { data, labels, onProblem: () => {} })).metrics.pixel_accuracy).toBe(0.25)
  for (const wrong of [
    ['cat', 'dog'],
    ['background', 'cat'],
  ]) {
    await expect(evaluatePipeline(pipe, { data, labels: wrong, onProblem: () => {} })).rejects.toMatchObject({
      code: 'transformers-option',
      hint: expect.stringContaining('background'),
    })
  }
})

test('others have their turn between calls, of whose time each example has its share', async () => {
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  })
  onTestFinished(() => clearInterval(timer))
  const callMs: number[] = []
  const pipe = createFakePipeline('text-classification', (texts: string[]) => {
    const startedAtMs = performance.now()
    while (performance.now() - startedAtMs < 30);
    callMs.push(performance.now() - startedAtMs)
    return texts.map(() => [{ label: 'a', score: 1 }])
  })
  const data = Array.from({ length: 30 }, () => ({ text: 'x', label: 'a' }))
  let ticksAtLast = 0
  const counted = function* () {
    for (const example of data) {
      ticksAtLast = ticks
      yield example
    }
  }
  const options = { labels: ['a', 'b'], batchSize: 10, onProblem: () => {} }
  const { tables } = await evaluatePipeline(pipe, { ...options, data: counted() })
  expect(ticksAtLast).toBeGreaterThan(0)
  // A call takes what the pipeline takes and a little more, which ten times its share would not be.
  expect(tables.predictions[0]?.latency_ms).toBeLessThan(Math.max(...callMs))
})

test('inputs can be kept out of the tables', async () => {
  const secret = 'Sarah lives here'
  const tags = [{ entity: 'B-PER', score: 1, index: 1, word: 'Sarah' }]
  const tables = []
  for (const [task, output, label] of [
    ['text-generation', [{ generated_text: ' and there' }], ' and there'],
    ['token-classification', tags, ['B-PER']],
    ['text-classification', [{ label: 'yes', score: 1 }], 'yes'],
  ] as const) {
    const data = [{ text: secret, label }]
    const pipe = createFakePipeline(task, () => output)
    const result = await evaluatePipeline(pipe, { data, labels: ['yes', 'no'], logInputs: false, onProblem: () => {} })
    expect(Object.values(result.metrics)).toContain(1)
    tables.push(result.tables)
  }
  expect(JSON.stringify(tables)).not.toContain('Sarah')
})

test('outputs may be read by a function', async () => {
  const pipe = createFakePipeline('a-task-of-tomorrow', (text: string) => ({ verdict: text }))
  const { metrics } = await evaluatePipeline(pipe, {
    data: [
      { text: 'yes', label: 'yes' },
      { text: 'no', label: 'yes' },
    ],
    task: classification({ labels: ['yes', 'no'] }),
    decode: (output) => ({ prediction: (output as { verdict: string }).verdict }),
    onProblem: () => {},
  })
  expect(metrics.accuracy).toBe(0.5)
})

test('what cannot be evaluated is refused', async () => {
  const refused = { code: 'transformers-option' }
  const data = [{ text: 'a', label: 'b' }]
  const classify = createFakePipeline('text-classification', () => [{ label: 'b', score: 1 }])
  await expect(evaluatePipeline({}, { data })).rejects.toMatchObject(refused)
  await expect(evaluatePipeline(classify, { data: [] })).rejects.toMatchObject(refused)
  await expect(evaluatePipeline(classify, { data, batchSize: 0 })).rejects.toMatchObject(refused)
  await expect(
    evaluatePipeline(
      createFakePipeline('x', () => []),
      { data },
    ),
  ).rejects.toMatchObject(refused)
  const reason = new Error('enough')
  await expect(evaluatePipeline(classify, { data, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})
