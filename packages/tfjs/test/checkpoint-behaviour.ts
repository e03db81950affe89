import { mkdir, writeFile } from 'node:fs/promises'
import { openTemporaryDirectory } from '@lossline/testing'
import type * as TensorFlow from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import {
  checkpointHandler,
  loadCheckpoint,
  logCheckpoint,
  losslineCallback,
  modelCheckpoint,
  type TfjsProblem,
} from '../src/index.ts'
import { makeModel, makePoints } from './tiny-models.ts'
import { openTrackedRun } from './tracked-run.ts'

type Tf = typeof TensorFlow

function weightsOf(model: TensorFlow.LayersModel): number[][] {
  return model.getWeights().map((weight) => [...weight.dataSync()])
}

/** A value for each epoch under the name `score`, as a metric that a program computes itself. */
function scores(values: readonly number[]) {
  return {
    onEpochEnd(epoch: number, logs?: Record<string, unknown>) {
      if (logs !== undefined) logs.score = values[epoch]
    },
  }
}

/** What is the same on every version and backend of tfjs. */
export function describeCheckpoints(tf: Tf, optimizers: readonly ('sgd' | 'momentum' | 'adam' | 'rmsprop')[]): void {
  describe('checkpoints', () => {
    test('the best epoch and the end are versions of a model, with aliases and metadata', async () => {
      await using tracked = await openTrackedRun()
      const { run } = tracked
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const checkpoint = modelCheckpoint({ run, model, monitor: 'score', mode: 'max', metadata: { note: 'mine' } })

      await model.fit(x, y, {
        epochs: 4,
        batchSize: 8,
        verbose: 0,
        callbacks: [scores([1, 3, 2, 2.5]), checkpoint] as never,
      })

      const { artifacts, summary } = await tracked.finishAndRead()
      expect(artifacts.map(({ name, type, aliases }) => ({ name, type, aliases: [...aliases].sort() }))).toEqual(
        [
          ['best', 'epoch_0', 'latest'],
          ['best', 'epoch_1', 'latest'],
          ['epoch_3', 'latest'],
        ].map((aliases) => ({
          name: `run_${run.id}_model`,
          type: 'model',
          aliases,
        })),
      )
      expect(artifacts[1]?.metadata).toMatchObject({
        framework: 'tfjs',
        version: tf.version.tfjs,
        parameterCount: 17,
        initialEpoch: 2,
        globalStep: 6,
        monitor: 'score',
        metrics: { score: 3 },
        note: 'mine',
      })
      expect(summary).toMatchObject({ 'best/epoch': 1, 'best/score': 3 })
    })

    test('a downloaded checkpoint is the model of that epoch, for loadLayersModel', async () => {
      await using tracked = await openTrackedRun()
      await using folder = await openTemporaryDirectory()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const seen: number[][][] = []
      const remember = { onEpochEnd: () => void seen.push(weightsOf(model)) }

      await model.fit(x, y, {
        epochs: 3,
        verbose: 0,
        callbacks: [modelCheckpoint({ run: tracked.run, model, everyEpochs: 1 }), remember],
      })

      const { artifacts } = await tracked.finishAndRead()
      for (const [epoch, artifact] of artifacts.entries()) {
        const directory = await artifact.copyTo(folder.join(`epoch-${epoch}`))
        const loaded = await tf.loadLayersModel(checkpointHandler(directory))
        expect(weightsOf(loaded)).toEqual(seen[epoch])
        expect(await (loaded.predict(x) as TensorFlow.Tensor).data()).toHaveLength(24)
      }
      expect(artifacts).toHaveLength(3)
    })

    test.each(optimizers)('going on with %s is as if the training had not stopped', async (optimizer) => {
      await using folder = await openTemporaryDirectory()
      await using first = await openTrackedRun()
      const compile = (model: TensorFlow.LayersModel) => {
        const made = optimizer === 'momentum' ? tf.train.momentum(0.05, 0.9) : tf.train[optimizer](0.05)
        model.compile({ optimizer: made, loss: 'meanSquaredError', metrics: ['mae'] })
        return model
      }
      const { x, y } = makePoints(tf)
      const args = { batchSize: 8, shuffle: false, verbose: 0 as const }
      const whole = compile(makeModel(tf))
      const model = compile(makeModel(tf))
      // A seed gives each layer of tfjs 4.0 other weights.
      model.setWeights(whole.getWeights())
      const { history } = await whole.fit(x, y, { ...args, epochs: 5 })
      const callbacks = losslineCallback({ run: first.run, model, logFreq: 'batch', checkpoint: true })
      await model.fit(x, y, { ...args, epochs: 3, callbacks })
      const [last] = (await first.finishAndRead()).artifacts.slice(-1)

      await using second = await openTrackedRun()
      const checkpoint = await loadCheckpoint(tf, (await last?.copyTo(folder.path)) ?? '')
      const resumed = checkpoint.model
      await resumed.fit(x, y, {
        ...args,
        initialEpoch: checkpoint.initialEpoch,
        epochs: 5,
        callbacks: losslineCallback({ run: second.run, model: resumed, logFreq: 'batch', resume: checkpoint }),
      })

      const { rows } = await second.finishAndRead()
      const losses = rows.map((row) => row['epoch/loss']).filter((loss) => loss !== undefined)
      expect(rows.map((row) => row['batch/batch_step'] ?? `epoch ${row['epoch/epoch']}`)).toEqual([
        9,
        10,
        11,
        'epoch 3',
        12,
        13,
        14,
        'epoch 4',
      ])
      for (const [index, loss] of (history.loss?.slice(3) ?? []).entries()) {
        expect(losses[index]).toBeCloseTo(loss as number, 5)
      }
      for (const [index, values] of weightsOf(whole).entries()) {
        for (const [at, value] of values.entries()) expect(weightsOf(resumed)[index]?.[at]).toBeCloseTo(value, 5)
      }
    })

    test('the best weights come back into the model, and no tensor is kept', async () => {
      await using tracked = await openTrackedRun()
      const { x, y } = makePoints(tf)
      const train = async () => {
        const model = makeModel(tf)
        const checkpoint = losslineCallback({
          run: tracked.run,
          model,
          checkpoint: { monitor: 'score', mode: 'min' },
        })
        let best: number[][] = []
        const remember = {
          onEpochEnd(epoch: number) {
            if (epoch === 1) best = weightsOf(model)
          },
        }
        await model.fit(x, y, {
          epochs: 4,
          verbose: 0,
          callbacks: [scores([5, 1, 4, Number.NaN]), checkpoint, remember] as never,
        })
        expect(weightsOf(model)).not.toEqual(best)
        expect(await checkpoint.restoreBest(model)).toEqual({ epoch: 1, value: 1 })
        expect(weightsOf(model)).toEqual(best)
        // The model trains on from there.
        await model.fit(x, y, { epochs: 1, verbose: 0 })
        expect(weightsOf(model)).not.toEqual(best)
        expect(await checkpoint.restoreBest()).toEqual({ epoch: 1, value: 1 })
        expect(weightsOf(model)).toEqual(best)
        // Whoever writes into the numbers of a weight does not write into those that are kept.
        model.getWeights()[0]?.dataSync().fill(7)
        await checkpoint.restoreBest()
        expect(weightsOf(model)).toEqual(best)
        model.optimizer.dispose()
        model.dispose()
      }
      await train()
      const before = tf.memory().numTensors
      await train()
      expect(tf.memory().numTensors).toBe(before)
      tf.dispose([x, y])
    })

    test('an instance next to earlyStopping learns the model from tfjs', async () => {
      await using tracked = await openTrackedRun()
      await using folder = await openTemporaryDirectory()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const checkpoint = losslineCallback({ run: tracked.run, tf, checkpoint: true })

      const { history } = await model.fit(x, y, {
        epochs: 3,
        validationSplit: 0.25,
        verbose: 0,
        callbacks: [checkpoint, tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 5 })],
      })

      const [last] = (await tracked.finishAndRead()).artifacts.slice(-1)
      const loaded = await loadCheckpoint(tf, (await last?.copyTo(folder.path)) ?? '')
      expect(loaded).toMatchObject({ initialEpoch: 3, globalStep: 3, monitor: 'val_loss' })
      expect(weightsOf(loaded.model)).toEqual(weightsOf(model))
      const best = await checkpoint.restoreBest(model)
      expect(best?.value).toBe(Math.min(...(history.val_loss as number[])))
    })

    test('a folder that holds no model is refused, and files outside of it are not read', async () => {
      await using folder = await openTemporaryDirectory()
      const load = (name: string) => tf.loadLayersModel(checkpointHandler(folder.join(name)))
      const write = async (name: string, text: string) => {
        await mkdir(folder.join(name))
        await writeFile(folder.join(name, 'model.json'), text)
      }
      const modelTopology = makeModel(tf).toJSON(null, false)
      const manifestOf = (path: string) => [{ paths: [path], weights: [] }]
      await writeFile(folder.join('secret.bin'), 'secret')
      await write('outside', JSON.stringify({ modelTopology, weightsManifest: manifestOf('../secret.bin') }))
      await write('incomplete', JSON.stringify({ modelTopology, weightsManifest: manifestOf('weights.bin') }))
      await write('graph', JSON.stringify({ modelTopology, format: 'graph-model' }))
      await write('text', 'no JSON')
      for (const [name, message] of [
        ['outside', /"\.\.\/secret\.bin" lies outside of it/],
        ['incomplete', /"weights\.bin" cannot be read/],
        ['graph', /not that of a layers model/],
        ['text', /is not JSON/],
        ['missing', /"model\.json" cannot be read/],
      ] as const) {
        await expect(load(name), name).rejects.toMatchObject({
          code: 'tfjs-checkpoint',
          message: expect.stringMatching(message),
        })
      }
    })

    test('weights that are not trained come back too', async () => {
      await using tracked = await openTrackedRun()
      const model = tf.sequential({
        layers: [
          tf.layers.dense({ units: 3, inputShape: [2] }),
          tf.layers.batchNormalization(),
          tf.layers.dense({ units: 1 }),
        ],
      })
      model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' })
      const { x, y } = makePoints(tf)
      const checkpoint = modelCheckpoint({ run: tracked.run, model, monitor: 'score', mode: 'min' })
      let first: number[][] = []
      const remember = {
        onEpochEnd(epoch: number) {
          if (epoch === 0) first = weightsOf(model)
        },
      }
      await model.fit(x, y, { epochs: 3, verbose: 0, callbacks: [scores([1, 2, 3]), checkpoint, remember] as never })
      expect(weightsOf(model)).not.toEqual(first)
      await checkpoint.restoreBest()
      expect(weightsOf(model)).toEqual(first)
      await expect(checkpoint.restoreBest(makeModel(tf))).rejects.toMatchObject({ code: 'tfjs-checkpoint' })
    })

    test('every n-th batch is saved, with the step and the epoch to go on in', async () => {
      await using tracked = await openTrackedRun()
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)

      await model.fit(x, y, {
        epochs: 2,
        batchSize: 8,
        verbose: 0,
        callbacks: modelCheckpoint({ run: tracked.run, model, everySteps: 2, saveBest: false, saveAtEnd: false }),
      })

      const { artifacts } = await tracked.finishAndRead()
      const outline = artifacts.map(({ aliases, metadata }) => [
        aliases.find((alias) => alias.startsWith('step_')),
        metadata.initialEpoch,
        metadata.globalStep,
      ])
      expect(outline).toEqual([
        ['step_2', 0, 2],
        ['step_4', 1, 4],
        ['step_6', 2, 6],
      ])
    })

    test('a prefix is part of the name, and the best value of another metric is none to compare with', async () => {
      await using tracked = await openTrackedRun()
      const { run } = tracked
      const model = makeModel(tf)
      const { x, y } = makePoints(tf)
      const resume = { initialEpoch: 0, globalStep: 0, monitor: 'loss', best: { epoch: 7, value: -100 } }
      const options = { run, model, prefix: 'generator/', monitor: 'mae', resume }
      const checkpoint = modelCheckpoint(options)
      await model.fit(x, y, { epochs: 1, verbose: 0, callbacks: checkpoint })
      expect(await checkpoint.restoreBest()).toMatchObject({ epoch: 0 })
      const same = modelCheckpoint({ ...options, monitor: 'loss' })
      await model.fit(x, y, { epochs: 1, verbose: 0, callbacks: same })
      expect(await same.restoreBest()).toBeUndefined()
      const { artifacts } = await tracked.finishAndRead()
      expect(artifacts[0]).toMatchObject({ name: `run_${run.id}_generator_model` })
      expect(artifacts.map(({ aliases }) => aliases.includes('best'))).toEqual([true, false])
    })

    test('a program with a loop of its own logs one itself', async () => {
      await using tracked = await openTrackedRun()
      await using folder = await openTemporaryDirectory()
      const model = makeModel(tf)

      const options = { run: tracked.run, name: 'mine', initialEpoch: 3, globalStep: 7, aliases: ['best'] }
      const version = await logCheckpoint(model, options)

      const [artifact] = (await tracked.finishAndRead()).artifacts
      expect(version?.name).toBe('mine')
      expect(artifact).toMatchObject({ name: 'mine', metadata: { initialEpoch: 3, globalStep: 7 } })
      const loaded = await loadCheckpoint(tf, (await artifact?.copyTo(folder.path)) ?? '')
      expect(loaded).toMatchObject({ initialEpoch: 3, globalStep: 7 })
      expect(weightsOf(loaded.model)).toEqual(weightsOf(model))
      const problems: TfjsProblem[] = []
      const onProblem = (problem: TfjsProblem) => void problems.push(problem)
      expect(await logCheckpoint(model, { run: tracked.run, onProblem })).toBeUndefined()
      expect(problems).toMatchObject([{ code: 'tfjs-callback-failed', cause: { code: 'run-finished' } }])
    })

    test('what tfjs cannot save of the optimizer is said; the weights are saved', async () => {
      await using tracked = await openTrackedRun()
      await using folder = await openTemporaryDirectory()
      const model = makeModel(tf)
      model.compile({ optimizer: tf.train.adamax(0.1), loss: 'meanSquaredError' })
      const { x, y } = makePoints(tf)
      const problems: TfjsProblem[] = []
      const onProblem = (problem: TfjsProblem) => void problems.push(problem)

      await model.fit(x, y, {
        epochs: 2,
        verbose: 0,
        callbacks: modelCheckpoint({ run: tracked.run, model, onProblem }),
      })

      const [last] = (await tracked.finishAndRead()).artifacts.slice(-1)
      const { model: loaded } = await loadCheckpoint(tf, (await last?.copyTo(folder.path)) ?? '')
      expect(weightsOf(loaded)).toEqual(weightsOf(model))
      expect(problems.map(({ code }) => code)).toEqual(['tfjs-training-config'])
    })

    test('a loss that is a function is compiled again by the program, which then gets the state of the optimizer', async () => {
      await using tracked = await openTrackedRun()
      await using folder = await openTemporaryDirectory()
      const loss = (labels: TensorFlow.Tensor, predictions: TensorFlow.Tensor) =>
        tf.losses.absoluteDifference(labels, predictions)
      const compile = (model: TensorFlow.LayersModel) => model.compile({ optimizer: tf.train.adam(0.05), loss })
      const { x, y } = makePoints(tf)
      const args = { batchSize: 8, shuffle: false, verbose: 0 as const }
      const model = makeModel(tf)
      compile(model)
      const callbacks = modelCheckpoint({ run: tracked.run, model, onProblem: () => {} })
      await model.fit(x, y, { ...args, epochs: 2, callbacks })
      const [last] = (await tracked.finishAndRead()).artifacts.slice(-1)

      const checkpoint = await loadCheckpoint(tf, (await last?.copyTo(folder.path)) ?? '')
      await expect(checkpoint.restoreOptimizer()).rejects.toMatchObject({ code: 'tfjs-checkpoint' })
      compile(checkpoint.model)
      expect(await checkpoint.restoreOptimizer()).toBe(true)
      await checkpoint.model.fit(x, y, { ...args, epochs: 1 })
      await model.fit(x, y, { ...args, epochs: 1 })

      for (const [index, values] of weightsOf(model).entries()) {
        for (const [at, value] of values.entries()) {
          expect(weightsOf(checkpoint.model)[index]?.[at]).toBeCloseTo(value, 5)
        }
      }
    })
  })
}
