import type * as TensorFlow from '@tensorflow/tfjs'
import { describe, expect, test, vi } from 'vitest'
import {
  losslineCallback,
  modelHistograms,
  type RunLike,
  type TfjsProblem,
  trackModel,
  watchGradients,
} from '../src/index.ts'
import { makeModel, makePoints } from './tiny-models.ts'
import { openTrackedRun } from './tracked-run.ts'

type Tf = typeof TensorFlow

/** How many values a histogram of a row has counted. */
function countOf(row: Readonly<Record<string, unknown>> | undefined, key: string): number {
  return ((row?.[`${key}.values`] ?? []) as number[]).reduce((sum, count) => sum + count, 0)
}

/** What is the same on every version and backend of tfjs. */
export function describeHistograms(tf: Tf): void {
  describe('histograms', () => {
    test('weights have the same names in every model, though tfjs numbers them in a process', async () => {
      await using tracked = await openTrackedRun()
      const makeNamed = () => {
        const model = tf.sequential({ layers: [tf.layers.dense({ name: 'same', units: 1, inputShape: [2] })] })
        model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' })
        return model
      }
      const { x, y } = makePoints(tf)
      const models = [makeNamed(), makeNamed()]
      for (const model of models) {
        const callbacks = modelHistograms({ run: tracked.run, model, gradientHistograms: false })
        await model.fit(x, y, { epochs: 1, verbose: 0, callbacks })
      }
      const [first, second] = models.map((model) => model.weights.map(({ name }) => name))
      expect(second).not.toEqual(first)
      const { rows } = await tracked.finishAndRead()
      const norms = rows.map((row) => Object.keys(row).filter((key) => key.startsWith('gradient_norm/')))
      const expected = ['gradient_norm/same/kernel', 'gradient_norm/same/bias', 'gradient_norm/global']
      expect(norms.filter((keys) => keys.length > 0)).toEqual([expected, expected])
    })

    test('weights every epoch, gradients and their norms every n-th batch', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const histograms = { gradientsEverySteps: 2, binCount: 8 }

      await model.fit(x, y, {
        epochs: 2,
        batchSize: 8,
        verbose: 0,
        callbacks: losslineCallback({ run: tracked.run, model, histograms }),
      })

      const { rows, definitions } = await tracked.finishAndRead()
      const names = model.weights.map(({ originalName }) => originalName)
      const gradients = rows.filter((row) => 'gradient_norm/global' in row)
      const weights = rows.filter((row) => `parameters/${names[0]}.values` in row)
      expect(gradients.map((row) => row['batch/batch_step'])).toEqual([0, 2, 4])
      expect(weights.map((row) => row['epoch/epoch'])).toEqual([0, 1])
      for (const [index, name] of names.entries()) {
        const size = model.weights[index]?.shape.reduce<number>((product, length) => product * (length ?? 1), 1)
        expect(countOf(weights[0], `parameters/${name}`)).toBe(size)
        expect(countOf(gradients[0], `gradients/${name}`)).toBe(size)
      }
      const squares = names.map((name) => (gradients[1]?.[`gradient_norm/${name}`] as number) ** 2)
      expect(gradients[1]?.['gradient_norm/global']).toBeCloseTo(Math.sqrt(squares.reduce((sum, one) => sum + one)), 6)
      expect(definitions).toMatchObject({
        'gradients/*': 'batch/batch_step',
        'gradient_norm/*': 'batch/batch_step',
        'parameters/*': 'epoch/epoch',
      })
    })

    test('norms are those of the gradients', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const variables = model.trainableWeights.map((weight) => weight.read() as TensorFlow.Variable)
      const { grads } = tf.variableGrads(
        () => tf.losses.meanSquaredError(y, model.apply(x, { training: true }) as TensorFlow.Tensor),
        variables,
      )
      const expected = Math.sqrt(
        Object.values(grads).reduce((sum, gradient) => sum + (gradient.square().sum().dataSync()[0] ?? 0), 0),
      )

      await model.fit(x, y, {
        epochs: 1,
        batchSize: 24,
        verbose: 0,
        callbacks: modelHistograms({ run: tracked.run, model, weightsEveryEpochs: false, gradientHistograms: false }),
      })

      const { rows } = await tracked.finishAndRead()
      expect(rows.length).toBe(1)
      expect(rows[0]?.['gradient_norm/global']).toBeCloseTo(expected, 4)
      expect(Object.keys(rows[0] ?? {}).filter((key) => key.startsWith('gradients/'))).toEqual([])
    })

    test('change no weight, keep no tensor and leave the optimizer as it was', async () => {
      await using tracked = await openTrackedRun()
      const { x, y } = makePoints(tf)
      const train = async (isWatched: boolean, initial?: TensorFlow.Tensor[]) => {
        const model = makeModel(tf)
        if (initial !== undefined) model.setWeights(initial)
        const options = { run: tracked.run, model, gradientsEverySteps: 1 }
        await model.fit(x, y, {
          epochs: 2,
          batchSize: 8,
          shuffle: false,
          verbose: 0,
          ...(isWatched ? { callbacks: modelHistograms(options) } : {}),
        })
        expect(Object.hasOwn(model.optimizer, 'applyGradients')).toBe(false)
        const weights = model.getWeights().map((weight) => [...weight.dataSync()])
        model.optimizer.dispose()
        model.dispose()
        return weights
      }
      const initial = makeModel(tf).getWeights()
      const plain = await train(false, initial)
      const before = tf.memory().numTensors
      expect(await train(true, initial)).toEqual(plain)
      expect(tf.memory().numTensors).toBe(before)
    })

    test('gradients that are no numbers are told by their norms; nothing ends the training', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf, 1e30)
      const { x, y } = makePoints(tf)
      const problems: TfjsProblem[] = []
      const onProblem = (problem: TfjsProblem) => void problems.push(problem)

      await model.fit(x, y, {
        epochs: 4,
        verbose: 0,
        callbacks: modelHistograms({ run: tracked.run, model, gradientsEverySteps: 1, onProblem }),
      })

      const { rows } = await tracked.finishAndRead()
      expect(rows.some((row) => Number.isNaN(row['gradient_norm/global']))).toBe(true)
      expect(problems).toEqual([])
    })

    test('a run that refuses is said once, and the model trains', async () => {
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const problems: TfjsProblem[] = []
      const run: RunLike = {
        log() {
          throw new Error('no more')
        },
        defineMetric() {},
        config: { update() {} },
      }
      const onProblem = (problem: TfjsProblem) => void problems.push(problem)
      const { history } = await model.fit(x, y, {
        epochs: 2,
        verbose: 0,
        callbacks: modelHistograms({ run, model, gradientsEverySteps: 1, weightsEveryEpochs: false, onProblem }),
      })
      expect(history.loss).toHaveLength(2)
      expect(problems.map(({ code }) => code)).toEqual(['tfjs-gradients-unreadable'])
    })

    test('a training that fails leaves the optimizer as it was, where the model is tracked', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      trackModel(model, { run: tracked.run, histograms: true })
      const fail = () => {
        throw new Error('from the program')
      }
      await expect(model.fit(x, y, { epochs: 1, verbose: 0, callbacks: { onEpochEnd: fail } })).rejects.toThrow()
      expect(Object.hasOwn(model.optimizer, 'applyGradients')).toBe(false)
    })

    test('a fit that is refused, because another goes on, ends nothing', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      trackModel(model, { run: tracked.run, histograms: { gradientsEverySteps: 1, weightsEveryEpochs: false } })
      const refused = vi.fn()
      const another = {
        onBatchBegin: async (batch: number) => {
          if (batch === 1) await model.fit(x, y, { epochs: 1, verbose: 0 }).catch(refused)
        },
      }
      await model.fit(x, y, { epochs: 1, batchSize: 8, verbose: 0, callbacks: another })
      expect(refused).toHaveBeenCalledOnce()
      const { rows } = await tracked.finishAndRead()
      expect(rows.filter((row) => 'gradient_norm/global' in row)).toHaveLength(3)
    })

    test('a loop with minimize is watched until that is undone', async () => {
      await using tracked = await openTrackedRun()
      const weight = tf.variable(tf.scalar(3), true, `slope-${tf.version.tfjs}`)
      const optimizer = tf.train.sgd(0.1)
      const watching = watchGradients(optimizer, { run: tracked.run, everySteps: 2 })
      expect(watchGradients(optimizer, { run: tracked.run })).not.toBe(watching)
      const step = () => optimizer.minimize(() => weight.square().sum() as TensorFlow.Scalar, false, [weight])
      const before = tf.memory().numTensors
      for (let count = 0; count < 4; count += 1) step()
      expect(tf.memory().numTensors).toBe(before)
      watching.undo()
      step()

      const { rows, definitions } = await tracked.finishAndRead()
      expect(rows.map((row) => row['gradients/step'])).toEqual([0, 2])
      // The gradient of w² is 2 w.
      expect(rows[0]?.['gradient_norm/global']).toBeCloseTo(6, 5)
      expect(definitions).toMatchObject({ 'gradient_norm/*': 'gradients/step' })
    })
  })
}
