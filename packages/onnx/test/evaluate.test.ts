import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Image } from '@lossline/core'
import { type ClassificationRow, classification, custom, regression } from '@lossline/evaluation'
import { workspaceUrl } from '@lossline/testing'
import * as ort from 'onnxruntime-node'
import { expect, onTestFinished, test } from 'vitest'
import { type EvaluateOptions, type EvaluationProgress, evaluate, trackSession } from '../src/index.ts'
import { type Digit, digitsModel, loadTestDigits } from './digits.ts'
import { openTrackedRun } from './tracked-run.ts'

const digits = loadTestDigits()
const labels = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
const session = await ort.InferenceSession.create(digitsModel)

const common = {
  session,
  data: digits,
  feeds: ({ pixels }: Digit) => ({ image: new ort.Tensor('float32', pixels, [1, 1, 8, 8]) }),
  decode: ({ logits }, { label }) => ({ label, scores: logits?.numbers }),
  id: ({ id }) => id,
  task: classification({ labels, scores: 'logits' }),
  onProblem: () => {},
} satisfies EvaluateOptions<Digit>

const toImage = ({ pixels }: Digit) => ({
  image: new Image(
    Uint8Array.from(pixels, (value) => value * 255),
    { width: 8, height: 8, channels: 1 },
  ),
})

interface Expected extends Readonly<Record<string, unknown>> {
  readonly predicted: readonly number[]
}

function readExpected(name: string): Expected {
  return JSON.parse(readFileSync(workspaceUrl(`packages/evaluation/test/fixtures/${name}.expected.json`), 'utf8'))
}

test.each([1, 7, 32, 1_000])('in batches of %i the metrics are those that scikit-learn has', async (batchSize) => {
  const { metrics, rowCount, tables } = await evaluate({ ...common, batchSize, confidence: false })
  const expected = readExpected('digits-cnn')
  expect(rowCount).toBe(360)
  expect(tables.predictions.map(({ prediction }) => Number(prediction))).toEqual(expected.predicted)
  for (const name of ['accuracy', 'f1_macro', 'mcc', 'balanced_accuracy', 'precision_weighted']) {
    expect(metrics[name], name).toBeCloseTo(Number(expected[name]), 9)
  }
  // The order of a sum moves the last digits of float32, and batches change it.
  expect(metrics.log_loss).toBeCloseTo(Number(expected.log_loss), 6)
  expect(metrics.roc_auc).toBeCloseTo(Number(expected.roc_auc_ovr_macro), 6)
})

test('a regression is evaluated by the same few lines', async () => {
  const rows = readFileSync(new URL('fixtures/diabetes.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
  const { metrics } = await evaluate({
    session: await ort.InferenceSession.create(
      fileURLToPath(new URL('fixtures/diabetes-linear.onnx', import.meta.url)),
    ),
    data: rows.map((row) => row.split(',').slice(0, 11).map(Number)),
    feeds: (row) => ({ features: new ort.Tensor('float32', row.slice(0, 10), [1, 10]) }),
    decode: ({ target }, row) => ({ label: Number(row[10]), prediction: Number(target?.numbers[0]) }),
    task: regression(),
    confidence: false,
    onProblem: () => {},
  })
  const expected = readExpected('diabetes')
  for (const name of ['mae', 'rmse', 'r2', 'mape', 'max_error']) {
    expect(metrics[name], name).toBeCloseTo(Number(expected[name]), 3)
  }
})

test('the tables show image, label, prediction, a score for each class, and whether it is right', async () => {
  await using tracked = await openTrackedRun()
  await evaluate({
    ...common,
    run: tracked.run,
    name: 'test',
    inputs: toImage,
    columns: () => ({ split: 'test' }),
    batchSize: 64,
  })
  const { readTable, rows, config, summary } = await tracked.finishAndRead()
  const predictions = await readTable('test/predictions')
  expect(predictions).toHaveLength(360)
  expect(Object.keys(predictions[0] ?? {})).toEqual([
    ...['id', 'image', 'label', 'prediction', 'score', 'correct'],
    ...labels.map((label) => `score_${label}`),
    ...['latency_ms', 'split'],
  ])
  expect(predictions[0]).toMatchObject({ id: 0, label: '1', prediction: '1', correct: true, split: 'test' })
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({
    'test/accuracy': 347 / 360,
    'test/latency_ms_p95': expect.any(Number),
  })
  expect(summary['test/memory_peak_bytes']).toBeGreaterThan(0)
  expect(Object.keys(rows[0] ?? {})).toEqual(
    expect.arrayContaining([
      'test/confusion_matrix_table.path',
      'test/pr_curve_table.path',
      'test/roc_curve_table.path',
    ]),
  )
  expect(config).toMatchObject({ evaluations: { test: { batchSize: 64, inputs: { image: 'float32[batch,1,8,8]' } } } })
})

test('a second model is compared with the first, row by row', async () => {
  await using tracked = await openTrackedRun()
  // The first always says what the second says for the digit upside down.
  const upsideDown = ({ pixels }: Digit) => ({
    image: new ort.Tensor('float32', pixels.toReversed(), [1, 1, 8, 8]),
  })
  const baseline = await evaluate({ ...common, feeds: upsideDown, name: 'first', run: tracked.run })
  const { comparison } = await evaluate({ ...common, baseline, name: 'second', run: tracked.run })
  expect(comparison?.joinedCount).toBe(360)
  expect(comparison?.deltas.accuracy?.delta).toBeGreaterThan(0.2)
  const { fixed = 0, broken = 0 } = comparison?.counts ?? {}
  expect(fixed - broken).toBe(Math.round(360 * (comparison?.deltas.accuracy?.delta ?? 0)))
})

/** A session that says the same of everything and counts its calls. */
function countingSession(work: () => void = () => {}) {
  const calls: number[] = []
  return {
    calls,
    inputNames: ['image'],
    outputNames: ['logits'],
    async run({ image }: { readonly image: ort.Tensor }) {
      work()
      const count = image.dims[0] ?? 0
      calls.push(count)
      return { logits: new ort.Tensor('float32', new Float32Array(10 * count), [count, 10]) }
    },
  }
}

test('warm-up calls come first and count for nothing', async () => {
  const counting = countingSession()
  const { rowCount } = await evaluate({ ...common, session: counting, batchSize: 100, warmUpRuns: 3 })
  expect(counting.calls).toEqual([100, 100, 100, 100, 100, 100, 60])
  expect(rowCount).toBe(360)
})

test('others have their turn after calls that take long', async () => {
  let turns = 0
  const timer = setInterval(() => (turns += 1), 1)
  const block = () => {
    const endMs = performance.now() + 30
    while (performance.now() < endMs);
  }
  await evaluate({ ...common, session: countingSession(block), limit: 10, warmUpRuns: 0, confidence: false })
  clearInterval(timer)
  expect(turns).toBeGreaterThanOrEqual(9)
})

test.each(['feeds', 'decode'] as const)(
  'others have their turn while %s takes long for the examples of one batch',
  async (slow) => {
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
    })
    onTestFinished(() => clearInterval(timer))
    const ticksSeen: number[] = []
    const work = (part: string) => {
      if (part !== slow) return
      ticksSeen.push(ticks)
      const endMs = performance.now() + 10
      while (performance.now() < endMs);
    }
    const tensor = new ort.Tensor('float32', [1], [1, 1])
    await evaluate({
      session: {
        inputNames: ['in'],
        outputNames: ['out'],
        run: async () => ({ out: new ort.Tensor('float32', new Float32Array(10), [10, 1]) }),
      },
      data: Array.from({ length: 10 }, (_, index) => index),
      batchSize: 10,
      feeds: () => {
        work('feeds')
        return { in: tensor }
      },
      decode: () => {
        work('decode')
        return {}
      },
      task: custom({ metrics: {} }),
      onProblem: () => {},
    })
    expect(ticksSeen.at(-1)).toBeGreaterThan(ticksSeen[0] ?? 0)
  },
)

test('data are read no further than they are needed', async () => {
  let read = 0
  let isClosed = false
  async function* stream() {
    try {
      for (const digit of digits) {
        read += 1
        yield digit
      }
    } finally {
      isClosed = true
    }
  }
  const seen: EvaluationProgress[] = []
  const { rowCount } = await evaluate({
    ...common,
    data: stream(),
    limit: 5,
    onProgress: (progress) => seen.push(progress),
  })
  expect([rowCount, read, isClosed]).toEqual([5, 5, true])
  expect(seen.at(-1)).toMatchObject({ rowCount: 5, totalCount: 5 })
})

test('progress goes up to the end', async () => {
  const seen: EvaluationProgress[] = []
  await evaluate({
    ...common,
    data: new Set(digits),
    feeds: async (digit) => {
      // Long enough for some reports.
      if (digit.id % 60 === 0) await setTimeout(110)
      return common.feeds(digit)
    },
    onProgress: (progress) => seen.push(progress),
  })
  expect(seen.length).toBeGreaterThan(2)
  expect(seen.map(({ rowCount }) => rowCount)).toEqual(seen.map(({ rowCount }) => rowCount).toSorted((a, b) => a - b))
  expect(seen.at(-1)).toMatchObject({ rowCount: 360, totalCount: 360 })
})

test('a signal stops between two calls, with its reason, and nothing is logged', async () => {
  await using tracked = await openTrackedRun()
  const stopping = new AbortController()
  const counting = countingSession(() => {
    if (counting.calls.length === 4) stopping.abort(new Error('enough'))
  })
  const { signal } = stopping
  const options = { ...common, session: counting, run: tracked.run, warmUpRuns: 0, signal }
  await expect(evaluate(options)).rejects.toThrow('enough')
  expect(counting.calls).toHaveLength(5)
  await expect(evaluate(options)).rejects.toThrow('enough')
  expect(counting.calls).toHaveLength(5)
  expect((await tracked.finishAndRead()).rows).toEqual([])
})

test.each<[string, Partial<EvaluateOptions<Digit>>, RegExp]>([
  ['feeds', { feeds: () => Promise.reject(new Error('no feeds')) }, /no feeds/],
  ['feeds that the session does not take', { feeds: () => ({}) }, /image/],
  [
    'data',
    {
      data: new Proxy<Digit[]>([], {
        get: () => {
          throw new Error('no data')
        },
      }),
    },
    /no data/,
  ],
  [
    'decode',
    {
      decode: () => {
        throw new Error('no rows')
      },
    },
    /no rows/,
  ],
  [
    'a row that is none of the task',
    { decode: ({ logits }) => ({ label: 'eleven', scores: logits?.numbers }) },
    /eleven/,
  ],
  ['no data at all', { data: [] }, /no examples/],
  ['feeds that are no tensors', { feeds: ({ pixels }) => ({ image: pixels }) as never }, /"image", which is no tensor/],
  ['feeds that are nothing', { feeds: () => undefined as never }, /gives undefined/],
  [
    'decode that reads what is no output',
    { decode: ({ scores }, { label }) => ({ label, scores: scores!.numbers }) },
    /reads the output "scores", and the session gives logits/,
  ],
])('errors of %s are those of evaluate, and nothing is logged', async (_, options, message) => {
  await using tracked = await openTrackedRun()
  const failing = evaluate<Digit, ClassificationRow, unknown>({ ...common, ...(options as object), run: tracked.run })
  await expect(failing).rejects.toThrow(message)
  expect((await tracked.finishAndRead()).rows).toEqual([])
})

test.each([
  [{ session: undefined }],
  [{ data: 5 }],
  [{ feeds: undefined }],
  [{ batchSize: 0 }],
  [{ limit: 1.5 }],
  [{ warmUpRuns: -1 }],
  [{ session: Promise.resolve() }],
  [{ id: 'id' }],
  [{ inputs: {} }],
  [{ columns: [] }],
  [{ onProgress: true }],
  [{ run: {} }],
  [{ run: Promise.resolve() }],
])('%o is refused', async (options) => {
  await expect(evaluate({ ...common, ...options } as never)).rejects.toMatchObject({ code: 'onnx-option' })
})

test('without options evaluate says what it takes', async () => {
  await expect(evaluate(undefined as never)).rejects.toMatchObject({ code: 'onnx-option', hint: /session, data/ })
})

test('decode may take its time, and look for outputs that a model may have or not', async () => {
  const { metrics } = await evaluate({
    ...common,
    decode: async ({ logits, mask }, { label }) => ({ label, scores: (mask ?? logits)?.numbers }),
  })
  expect(metrics.accuracy).toBeCloseTo(347 / 360, 12)
})

test('an option that there is not is refused by its name', async () => {
  await expect(evaluate({ ...common, batchsize: 3 } as never)).rejects.toThrow(/batchsize/)
})

test('a session that is tracked is evaluated as it is, and both are logged', async () => {
  await using tracked = await openTrackedRun()
  const trackedSession = trackSession(await ort.InferenceSession.create(digitsModel), { run: tracked.run })
  const { metrics } = await evaluate({ ...common, session: trackedSession, run: tracked.run, batchSize: 36 })
  expect(metrics.accuracy).toBeCloseTo(347 / 360, 12)
  const { summary } = await tracked.finishAndRead()
  // Two of them warm up.
  expect(summary).toMatchObject({ 'onnx/calls': 12, 'onnx/rows': 432 })
})
