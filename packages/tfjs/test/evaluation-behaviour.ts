import type * as TensorFlow from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { evaluateModel, evaluationTable, losslineCallback, type TfjsProblem, trackModel } from '../src/index.ts'
import { makeModel, makeModelWithOutputs, makePoints } from './tiny-models.ts'
import { openTrackedRun, readTable } from './tracked-run.ts'

type Tf = typeof TensorFlow

/** Grey images of 4 × 4, bright or dark, and which they are. */
function makeImages(tf: Tf, count = 12) {
  const labels = Array.from({ length: count }, (_, index) => index % 2)
  const pixels = labels.flatMap((label) => Array.from({ length: 16 }, (_, pixel) => (label + pixel / 16) / 2))
  return { x: tf.tensor4d(pixels, [count, 4, 4, 1]), y: tf.oneHot(tf.tensor1d(labels, 'int32'), 2), labels }
}

/** The same in batches of five, which `fitDataset` takes. */
function makeDataset(tf: Tf) {
  const { x, y } = makeImages(tf)
  const [xs, ys] = [x.arraySync(), y.arraySync()]
  tf.dispose([x, y])
  return tf.data.zip({ xs: tf.data.array(xs), ys: tf.data.array(ys as number[][]) }).batch(5)
}

function makeClassifier(tf: Tf) {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [4, 4, 1] }),
      tf.layers.dense({ units: 2, activation: 'softmax', kernelInitializer: 'zeros' }),
    ],
  })
  model.compile({ optimizer: tf.train.adam(0.1), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  return model
}

/** What is logged and returned for a whole set of examples. */
export function describeEvaluations(tf: Tf): void {
  describe('the evaluation of a model', () => {
    test('of a classifier has metrics, charts and tables with images', async () => {
      await using tracked = await openTrackedRun()
      const model = makeClassifier(tf)
      const { x, y, labels } = makeImages(tf)
      await model.fit(x, y, { epochs: 2, verbose: 0 })
      const before = tf.memory().numTensors

      const { metrics, rowCount } = await evaluateModel(model, {
        run: tracked.run,
        name: 'test',
        data: [x, y],
        classNames: ['dark', 'bright'],
        columns: (index) => ({ file: `${index}.png` }),
        batchSize: 5,
      })

      expect(tf.memory().numTensors).toBe(before)
      expect(rowCount).toBe(12)
      const scores = (model.predict(x) as TensorFlow.Tensor).arraySync() as number[][]
      const right = scores.filter(([dark = 0, bright = 0], index) => Number(bright > dark) === labels[index])
      expect(metrics.accuracy).toBeCloseTo(right.length / 12, 9)
      const written = await tracked.finishAndRead()
      expect(written.rows[0]).toMatchObject({ 'test/accuracy': metrics.accuracy })
      const [table] = await readTable(written, 'test/predictions')
      expect(table?.rows).toHaveLength(12)
      expect(table?.columns).toEqual(expect.arrayContaining(['image', 'label', 'prediction', 'score', 'file']))
      const predictions = written.tables.find(({ name }) => name.includes('predictions'))
      expect(predictions?.paths.filter((path) => path.endsWith('.png'))).toHaveLength(2)
    })

    test('of models that say yes or no, several labels, or a number', async () => {
      const { x } = makePoints(tf)
      const labels = tf.tensor2d([...x.slice([0, 0], [24, 1]).dataSync()].map((value) => [value > 0 ? 1 : 0]))
      const binary = tf.sequential({ layers: [tf.layers.dense({ units: 1, activation: 'sigmoid', inputShape: [2] })] })
      binary.compile({ optimizer: tf.train.adam(0.5), loss: 'binaryCrossentropy' })
      await binary.fit(x, labels, { epochs: 30, verbose: 0 })
      const yesOrNo = await evaluateModel(binary, { data: [x, labels], onProblem: () => {} })
      expect(yesOrNo.metrics).toMatchObject({ accuracy: 1, roc_auc: 1 })

      const several = tf.sequential({ layers: [tf.layers.dense({ units: 2, activation: 'sigmoid', inputShape: [2] })] })
      several.compile({ optimizer: tf.train.adam(0.5), loss: 'binaryCrossentropy' })
      const both = x.greater(0).toFloat()
      await several.fit(x, both, { epochs: 30, verbose: 0 })
      const labelled = await evaluateModel(several, { data: [x, both], classNames: ['a', 'b'], onProblem: () => {} })
      expect(labelled).toMatchObject({ task: 'multiLabel', metrics: { subset_accuracy: 1, f1_micro: 1 } })

      const model = makeModel(tf)
      const { y } = makePoints(tf)
      const [loss] = [model.evaluate(x, y)].flat()
      const number = await evaluateModel(model, { data: [x, y], onProblem: () => {} })
      expect(number.metrics.mse).toBeCloseTo(loss?.dataSync()[0] ?? 0, 4)
    })

    test('of a data set is that of its tensors', async () => {
      const model = makeClassifier(tf)
      const { x, y } = makeImages(tf)
      const options = { classNames: ['dark', 'bright'], images: false, onProblem: () => {} }
      const whole = await evaluateModel(model, { ...options, data: [x, y] })
      const dataset = makeDataset(tf)
      const before = tf.memory().numTensors
      const { metrics, tables } = await evaluateModel(model, { ...options, data: dataset })
      expect(tf.memory().numTensors).toBe(before)
      expect(metrics.log_loss).toBeCloseTo(whole.metrics.log_loss ?? 0, 9)
      const idsAndLabels = ({ predictions }: typeof tables) => predictions.map(({ id, label }) => [id, label])
      expect(idsAndLabels(tables)).toEqual(idsAndLabels(whole.tables))
      // One that is not in batches cannot be told from examples of another shape.
      const unbatched = tf.data.array([{ xs: tf.zeros([4, 4, 1]), ys: tf.zeros([2]) }])
      const held = tf.memory().numTensors
      await expect(evaluateModel(model, { ...options, data: unbatched })).rejects.toMatchObject({ code: 'tfjs-option' })
      expect(tf.memory().numTensors).toBe(held)
    })

    test('lets timers run between batches', async () => {
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const predict = model.predict.bind(model)
      const slow: typeof predict = (...args) => {
        const end = performance.now() + 60
        while (performance.now() < end);
        return predict(...args)
      }
      model.predict = slow
      let tickCount = 0
      const timer = setInterval(() => tickCount++, 1)
      await evaluateModel(model, { data: [x, y], batchSize: 6, confidence: false, onProblem: () => {} })
      clearInterval(timer)
      expect(tickCount).toBeGreaterThanOrEqual(3)
    })

    test('is refused for what it does not fit', async () => {
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const option = expect.objectContaining({ code: 'tfjs-option' })
      await expect(evaluateModel(model, { data: [x, undefined] })).rejects.toEqual(option)
      await expect(evaluateModel(model, { data: [x, y], output: 1 })).rejects.toEqual(option)
      const untold = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] })
      await expect(evaluateModel(untold, { data: [x, y] })).rejects.toEqual(option)
      await expect(evaluateModel(model, { data: [x, y], labels: [] } as never)).rejects.toMatchObject({
        code: 'invalid-option',
      })
    })
  })
}

/** What is the same on every version and backend of tfjs. */
export function describeEvaluationTables(tf: Tf): void {
  describe('tables of predictions', () => {
    test('the examples once, with images and labels, and the predictions after each epoch', async () => {
      await using tracked = await openTrackedRun()
      const model = makeClassifier(tf)
      const { x, y, labels } = makeImages(tf)
      const evaluation = {
        data: [x, y] as const,
        classNames: ['dark', 'bright'],
        columns: (index: number) => ({ file: `${index}.png` }),
      }

      await model.fit(x, y, {
        epochs: 3,
        verbose: 0,
        callbacks: losslineCallback({ run: tracked.run, model, evaluation }),
      })

      const written = await tracked.finishAndRead()
      const examples = await readTable(written, 'validation/examples')
      const predictions = await readTable(written, 'validation/predictions')
      expect(examples).toHaveLength(1)
      expect(examples[0]?.columns).toEqual(['id', 'image', 'label', 'file'])
      expect(examples[0]?.rows.map(([id, , label, file]) => [id, label, file])).toEqual(
        labels.map((label, id) => [id, ['dark', 'bright'][label], `${id}.png`]),
      )
      const [exampleFiles] = written.tables.map(({ paths }) => paths)
      // Equal pixels are one file.
      expect(exampleFiles?.filter((path) => path.endsWith('.png'))).toHaveLength(2)
      expect(predictions).toHaveLength(3)
      const expected = (model.predict(x) as TensorFlow.Tensor).arraySync() as number[][]
      const last = predictions.at(-1)
      expect(last?.columns).toEqual([
        'id',
        'image',
        'label',
        'file',
        'prediction',
        'score',
        'score_dark',
        'score_bright',
        'correct',
      ])
      for (const [index, row] of last?.rows.entries() ?? []) {
        const [dark = 0, bright = 0] = expected[index] ?? []
        const prediction = bright > dark ? 'bright' : 'dark'
        expect(row.slice(4, 6)).toEqual([prediction, expect.closeTo(Math.max(dark, bright), 5)])
        expect(row.at(-1)).toBe(prediction === ['dark', 'bright'][labels[index] ?? 0])
      }
      expect(written.definitions).toMatchObject({ 'validation/*': 'epoch/epoch' })
    })

    test('predict as many as asked for, change no weight and keep no tensor', async () => {
      await using tracked = await openTrackedRun()
      const { x, y } = makeImages(tf)
      const train = async (isShown: boolean) => {
        const model = makeClassifier(tf)
        const options = { run: tracked.run, model, data: { inputs: x, labels: y }, maxRows: 5, name: 'few' }
        await model.fit(x, y, {
          epochs: 2,
          shuffle: false,
          verbose: 0,
          ...(isShown ? { callbacks: evaluationTable(options) } : {}),
        })
        const weights = model.getWeights().map((weight) => [...weight.dataSync()])
        model.optimizer.dispose()
        model.dispose()
        return weights
      }
      const plain = await train(false)
      const before = tf.memory().numTensors
      expect(await train(true)).toEqual(plain)
      expect(tf.memory().numTensors).toBe(before)
      const tables = await readTable(await tracked.finishAndRead(), 'few/predictions')
      expect(tables.map(({ rows }) => rows.length)).toEqual([5, 5])
    })

    test('a data set is read once a training, and nothing of it is kept', async () => {
      await using tracked = await openTrackedRun()
      const { x, y, labels } = makeImages(tf)
      const dataset = makeDataset(tf)
      const train = async () => {
        const model = makeClassifier(tf)
        const options = { run: tracked.run, model, data: dataset, maxRows: 7, everyEpochs: 2 }
        await model.fitDataset(dataset, { epochs: 2, verbose: 0, callbacks: evaluationTable(options) })
        const expected = (model.predict(x) as TensorFlow.Tensor).arraySync() as number[][]
        model.optimizer.dispose()
        model.dispose()
        return expected
      }
      await train()
      const before = tf.memory().numTensors
      const expected = await train()
      // What this test has predicted itself.
      expect(tf.memory().numTensors).toBe(before + 1)
      tf.dispose([x, y])

      const written = await tracked.finishAndRead()
      const [examples] = await readTable(written, 'validation/examples')
      expect(examples?.rows.map(([id, , label]) => [id, label])).toEqual(
        labels.slice(0, 7).map((label, id) => [id, label]),
      )
      const [, predictions] = await readTable(written, 'validation/predictions')
      const scores = predictions?.rows.map((row) => row[predictions.columns.indexOf('score_1')])
      for (const [row, score] of scores?.entries() ?? []) expect(score).toBeCloseTo(expected[row]?.[1] ?? -1, 5)
      expect(scores).toHaveLength(7)
    })

    test('a data set that cannot be read is said, and the model trains', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const problems: TfjsProblem[] = []
      const onProblem = (problem: TfjsProblem) => void problems.push(problem)
      const data = tf.data.array([1, 2])
      const callbacks = evaluationTable({ run: tracked.run, model, data, onProblem })
      const { history } = await model.fit(x, y, { epochs: 2, verbose: 0, callbacks })
      expect(history.loss).toHaveLength(2)
      expect(problems).toMatchObject([{ code: 'tfjs-callback-failed', cause: { code: 'tfjs-option' } }])
    })

    test('numbers are shown with their error, and inputs that are no images as lists', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)

      await model.fit(x, y, {
        epochs: 2,
        verbose: 0,
        callbacks: evaluationTable({ run: tracked.run, model, data: [x, y], everyEpochs: 2, maxRows: 3 }),
      })

      const [table, ...others] = await readTable(await tracked.finishAndRead(), 'validation/predictions')
      expect(others).toEqual([])
      expect(table?.columns).toEqual(['id', 'input', 'label', 'prediction', 'error'])
      const [, input, label, prediction, error] = table?.rows[1] ?? []
      expect(input).toEqual([...x.slice([1, 0], [1, 2]).dataSync()])
      expect(error).toBeCloseTo((prediction as number) - (label as number), 9)
    })

    test('the examples are logged once a run, however many fits there are', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const callbacks = evaluationTable({ run: tracked.run, model, data: [x, y], maxRows: 2 })
      for (let fit = 0; fit < 2; fit += 1) await model.fit(x, y, { epochs: 1, verbose: 0, callbacks })
      const written = await tracked.finishAndRead()
      expect(await readTable(written, 'validation/examples')).toHaveLength(1)
      expect(await readTable(written, 'validation/predictions')).toHaveLength(2)
    })

    test('images that are large together are in the table of examples alone', async () => {
      await using tracked = await openTrackedRun()
      // 4.3 million values.
      const [x, y] = [tf.zeros([36, 200, 200, 3]), tf.zeros([36, 1])]
      const layers = [tf.layers.globalAveragePooling2d({ inputShape: [200, 200, 3] }), tf.layers.dense({ units: 1 })]
      const model = tf.sequential({ layers: layers as never })
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' })
      const callbacks = evaluationTable({ run: tracked.run, model, data: [x, y] })
      await model.fit(x, y, { epochs: 1, batchSize: 36, verbose: 0, callbacks })
      tf.dispose([x, y])
      const written = await tracked.finishAndRead()
      const [examples] = await readTable(written, 'validation/examples')
      const [predictions] = await readTable(written, 'validation/predictions')
      expect(examples?.columns).toContain('image')
      expect(predictions?.columns).not.toContain('image')
      expect(predictions?.rows).toHaveLength(36)
    })

    test('another output is chosen by its number', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModelWithOutputs(tf, ['a', 'b'])
      const { x } = makePoints(tf)
      const targets = [tf.ones([24, 1]), tf.fill([24, 1], 2)]
      const data = { inputs: x, labels: targets }

      await model.fit(x, targets, {
        epochs: 1,
        verbose: 0,
        callbacks: evaluationTable({ run: tracked.run, model, data, output: 1, maxRows: 2 }),
      })

      const [table] = await readTable(await tracked.finishAndRead(), 'validation/predictions')
      const expected = [...((model.predict(x) as TensorFlow.Tensor[])[1]?.dataSync() ?? [])]
      expect(table?.rows.map((row) => row[2])).toEqual([2, 2])
      expect(table?.rows[0]?.[3]).toBeCloseTo(expected[0] ?? 0, 5)
    })

    test('an output that tells nothing is shown as it is, and that is said', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      model.compile({ optimizer: 'sgd', loss: (labels, predictions) => labels.sub(predictions).abs().mean() })
      const { x, y } = makePoints(tf)
      const problems: TfjsProblem[] = []
      const onProblem = (problem: TfjsProblem) => void problems.push(problem)

      await model.fit(x, y, {
        epochs: 1,
        verbose: 0,
        callbacks: evaluationTable({ run: tracked.run, model, data: [x, y], onProblem }),
      })

      const [table] = await readTable(await tracked.finishAndRead(), 'validation/predictions')
      expect(problems.map(({ code }) => code)).toEqual(['tfjs-unknown-task'])
      expect(table?.columns).toEqual(['id', 'input', 'label', 'prediction'])
    })

    test('the task is what the program says, where it says one', async () => {
      await using tracked = await openTrackedRun()
      const { x } = makePoints(tf)
      // Its loss says nothing of yes or no.
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, activation: 'linear', inputShape: [2] })] })
      model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' })
      const labels = x.slice([0, 0], [24, 1]).greater(0).toFloat()
      const data = [x, labels] as const
      const options = { run: tracked.run, model, data, classNames: ['no', 'yes'], task: 'binary', maxRows: 4 } as const
      await model.fit(x, labels, { epochs: 1, verbose: 0, callbacks: evaluationTable(options) })
      const { task, metrics } = await evaluateModel(model, { data, task: 'binary', onProblem: () => {} })
      expect(task).toBe('classification')
      expect(metrics).toHaveProperty('roc_auc')
      const [table] = await readTable(await tracked.finishAndRead(), 'validation/predictions')
      expect(table?.columns).toEqual(['id', 'input', 'label', 'prediction', 'score', 'correct'])
      for (const row of table?.rows ?? []) expect(['no', 'yes']).toContain(row[3])
    })

    test('predictions for the table are not those of the program', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      trackModel(model, { run: tracked.run, predict: true, evaluation: { data: [x, y] } })
      await model.fit(x, y, { epochs: 1, verbose: 0 })
      const { rows } = await tracked.finishAndRead()
      expect(rows.filter((row) => 'predict/index' in row)).toEqual([])
    })
  })
}
