import type * as TensorFlow from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { type TfjsProblem, trackModel } from '../src/index.ts'
import { makeModel, makeModelWithOutputs, makePoints } from './tiny-models.ts'
import { openTrackedRun, outlineOf } from './tracked-run.ts'

type Tf = typeof TensorFlow

/** What is the same on every version and backend of tfjs. */
export function describeTrackModel(tf: Tf): void {
  const makeInstance = (handlers: object): object => Object.assign(Reflect.construct(tf.Callback, []), handlers)

  describe('a tracked model', () => {
    test('logs fit, fitDataset and what they are told to call back', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const dataset = tf.data.zip({ xs: tf.data.array(x.arraySync()), ys: tf.data.array(y.arraySync()) }).batch(12)
      const seen: number[] = []
      trackModel(model, { run: tracked.run, logFreq: 'batch' })

      const history = await model.fit(x, y, { epochs: 1, batchSize: 12, verbose: 0 })
      await model.fitDataset(dataset, {
        epochs: 1,
        verbose: 0,
        callbacks: { onEpochEnd: (epoch: number) => void seen.push(epoch) },
      })

      const written = await tracked.finishAndRead()
      expect(outlineOf(written)).toEqual([0, 1, 'epoch', 2, 3, 'epoch'])
      expect(written.rows[2]).toMatchObject({ 'epoch/loss': history.history.loss?.[0] })
      expect(seen).toEqual([0])
    })

    test.each([
      ['an object, then an instance', ['object', 'instance']],
      ['an instance, then an object', ['instance', 'object']],
      ['instances', ['instance', 'instance']],
      ['one instance', 'instance'],
      ['objects', ['object', 'object']],
    ])('takes %s next to its own callbacks', async (_name, shape) => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const problems: TfjsProblem[] = []
      const losses: unknown[] = []
      const toCallback = (kind: string) => {
        if (kind === 'instance') return makeInstance({ onEpochEnd: () => void losses.push(kind) })
        return { onEpochEnd: (_epoch: number, logs?: { loss?: unknown }) => void losses.push(typeof logs?.loss) }
      }
      const callbacks = Array.isArray(shape) ? shape.map(toCallback) : toCallback(shape)
      trackModel(model, { run: tracked.run, onProblem: (problem) => void problems.push(problem) })

      await model.fit(x, y, { epochs: 2, verbose: 0, callbacks: callbacks as never })

      expect(outlineOf(await tracked.finishAndRead())).toEqual(['epoch', 'epoch'])
      const kinds = [shape].flat()
      expect(losses.toSorted()).toEqual(
        [...kinds, ...kinds].map((kind) => (kind === 'object' ? 'number' : kind)).toSorted(),
      )
      const isMixed = new Set(kinds).size > 1
      expect(problems.map(({ code }) => code)).toEqual(isMixed ? ['tfjs-mixed-callbacks'] : [])
    })

    test('calls handlers that a plain object inherits, next to instances too', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const seen: unknown[] = []
      class Progress {
        onEpochEnd(epoch: number) {
          seen.push(epoch)
        }
      }
      trackModel(model, { run: tracked.run, onProblem: () => {} })
      await model.fit(x, y, { epochs: 2, verbose: 0, callbacks: [makeInstance({}), new Progress()] as never })
      expect(seen).toEqual([0, 1])
    })

    test('stops early where the program says so', async () => {
      await using tracked = await openTrackedRun()
      // A learning rate of 0: nothing gets better.
      const model = makeModel(tf, 0)
      const { x, y } = makePoints(tf)
      const earlyStopping = tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 1 })
      trackModel(model, { run: tracked.run, onProblem: () => {} })

      const args = { epochs: 10, validationData: [x, y] as [typeof x, typeof y], verbose: 0 as const }
      await model.fit(x, y, { ...args, callbacks: [{ onEpochEnd: () => {} }, earlyStopping] as never })

      expect(outlineOf(await tracked.finishAndRead())).toEqual(['epoch', 'epoch'])
    })

    test('lets timers run while it trains, next to instances too', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      trackModel(model, { run: tracked.run })
      let tickCount = 0
      const timer = setInterval(() => tickCount++, 1)
      // Each batch takes as long as a real one.
      const slow = makeInstance({
        onBatchBegin() {
          const end = performance.now() + 30
          while (performance.now() < end);
        },
      })
      await model.fit(x, y, { epochs: 1, batchSize: 2, verbose: 0, callbacks: slow as never })
      clearInterval(timer)
      // 12 batches of 30 ms hold at least 2 pauses of 100 ms.
      expect(tickCount).toBeGreaterThanOrEqual(2)
    })

    test('logs evaluate and trainOnBatch under the names of their values', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const dataset = tf.data.zip({ xs: tf.data.array(x.arraySync()), ys: tf.data.array(y.arraySync()) }).batch(12)
      trackModel(model, { run: tracked.run })

      const [loss, mae] = model.evaluate(x, y) as TensorFlow.Scalar[]
      const later = (await model.evaluateDataset(dataset as never, {})) as TensorFlow.Scalar[]
      const trained = (await model.trainOnBatch(x, y)) as number[]

      const { rows, definitions } = await tracked.finishAndRead()
      expect(rows).toEqual([
        { 'evaluate/index': 0, 'evaluate/loss': loss?.dataSync()[0], 'evaluate/mae': mae?.dataSync()[0] },
        { 'evaluate/index': 1, 'evaluate/loss': later[0]?.dataSync()[0], 'evaluate/mae': later[1]?.dataSync()[0] },
        { 'batch/batch_step': 0, 'batch/loss': trained[0], 'batch/mae': trained[1], 'batch/learning_rate': 0.1 },
      ])
      expect(definitions).toMatchObject({ 'evaluate/*': 'evaluate/index', 'batch/*': 'batch/batch_step' })
    })

    test('gives the values of evaluate of several outputs their right names', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModelWithOutputs(tf, ['a', 'b', 'c'])
      const { x } = makePoints(tf)
      const targets = [1, 2, 3].map((value) => tf.fill([24, 1], value))
      trackModel(model, { run: tracked.run })

      model.evaluate(x, targets)

      const outputs = (model.predict(x) as TensorFlow.Tensor[]).map((output) => output.arraySync() as number[][])
      const squares = outputs.map((rows, index) => rows.map(([value = 0]) => (value - index - 1) ** 2))
      const means = squares.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length)
      const [row] = (await tracked.finishAndRead()).rows
      for (const [index, name] of ['a', 'b', 'c'].entries()) {
        expect(row?.[`evaluate/${name}_loss`]).toBeCloseTo(means[index] ?? 0, 3)
      }
      expect(row?.['evaluate/loss']).toBeCloseTo(
        means.reduce((sum, mean) => sum + mean, 0),
        3,
      )
      expect(Object.keys(row ?? {})).toContain('evaluate/c_mae')
    })

    test('passes errors on as they are, and notes them', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const error = new Error('from the program')
      const fail = () => {
        throw error
      }
      trackModel(model, { run: tracked.run, predict: true })
      const noted = () => tracked.run.summary.get('tfjs/error')

      await expect(model.fit(x, y, { epochs: 1, verbose: 0, callbacks: { onEpochEnd: fail } })).rejects.toBe(error)
      expect(noted()).toBe('fit: from the program')
      expect(() => model.evaluate(x, tf.zeros([3, 1]))).toThrow()
      expect(noted()).toMatch(/^evaluate: /)
      await expect(model.trainOnBatch(x, tf.zeros([3, 1]))).rejects.toThrow()
      expect(noted()).toMatch(/^trainOnBatch: /)
      expect(() => model.predict(tf.zeros([3, 7]))).toThrow()
      expect(noted()).toMatch(/^predict: /)
      await model.fit(x, y, { epochs: 1, verbose: 0 })

      const { rows } = await tracked.finishAndRead()
      expect(rows.length).toBe(1)
    })

    test('tells of errors by an alert of the run', async () => {
      const alerts: unknown[] = []
      const run = {
        log: () => {},
        defineMetric: () => {},
        config: { update: () => {} },
        alert: (alert: unknown) => void alerts.push(alert),
      }
      const model = makeModel(tf)
      const { x } = makePoints(tf)
      trackModel(model, { run })
      expect(() => model.evaluate(x, tf.zeros([3, 1]))).toThrow()
      expect(alerts).toEqual([
        { title: 'TensorFlow.js has failed', text: expect.stringMatching(/^evaluate: /), level: 'error' },
      ])
    })

    test('leaves it to tfjs to refuse what it is called with', async () => {
      await using tracked = await openTrackedRun()
      const messageOf = (call: Promise<unknown>) => call.then(String, (error: Error) => error.message)
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const dataset = tf.data.zip({ xs: tf.data.array(x.arraySync()), ys: tf.data.array(y.arraySync()) }).batch(12)
      const calls = [
        () => model.fitDataset(dataset, undefined as never),
        () => model.fitDataset(dataset, {} as never),
        () => model.fit(x, y, { batchSize: -1 }),
      ]
      const before = []
      for (const call of calls) before.push(await messageOf(call()))
      trackModel(model, { run: tracked.run })
      const after = []
      for (const call of calls) after.push(await messageOf(call()))
      expect(after).toEqual(before)
      expect((await model.fit(x, y)).epoch).toEqual([0])
    })

    test('is tracked until the tracking that goes on is undone', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const first = trackModel(model, { run: tracked.run })
      first.undo()
      const second = trackModel(model, { run: tracked.run })
      first.undo()
      expect(trackModel(model, { run: tracked.run })).toBe(second)
      second.undo()
    })

    test('stays the same object, is tracked once, and is left as it was', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const keys = Object.getOwnPropertyNames(model)
      const args = { epochs: 1, verbose: 0 as const }
      const handle = trackModel(model, { run: tracked.run, predict: true })
      expect(trackModel(model, { run: tracked.run })).toBe(handle)
      await model.fit(x, y, args)
      const predicted = model.predict(x) as TensorFlow.Tensor

      handle.undo()
      handle.undo()
      await model.fit(x, y, args)
      model.predict(x)

      expect(predicted.shape).toEqual([24, 1])
      expect(Object.getOwnPropertyNames(model).filter((key) => !keys.includes(key) && key !== 'history')).toEqual([])
      const { rows } = await tracked.finishAndRead()
      expect(rows.map((row) => Object.keys(row)[0])).toEqual(['epoch/epoch', 'predict/index'])
      expect(rows[1]).toMatchObject({ 'predict/index': 0, 'predict/batch_size': 24 })
    })

    test('keeps no tensor', async () => {
      await using tracked = await openTrackedRun()
      const { x, y } = makePoints(tf)
      const train = async () => {
        const model = makeModel(tf)
        trackModel(model, { run: tracked.run, checkpoint: true, predict: true })
        const instance = makeInstance({})
        await model.fit(x, y, { epochs: 2, verbose: 0, validationSplit: 0.25, callbacks: instance as never })
        tf.dispose([model.evaluate(x, y), model.predict(x)])
        model.optimizer.dispose()
        model.dispose()
      }
      await train()
      const before = tf.memory().numTensors
      await train()
      expect(tf.memory().numTensors).toBe(before)
    })

    test('saves checkpoints and brings the best back', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const handle = trackModel(model, { run: tracked.run, checkpoint: true })

      await model.fit(x, y, { epochs: 2, verbose: 0 })

      expect(await handle.restoreBest()).toMatchObject({ epoch: 1 })
      expect((await tracked.finishAndRead()).artifacts.at(-1)?.aliases).toContain('best')
    })
  })
}
