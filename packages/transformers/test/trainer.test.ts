import { readFileSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { activeRun } from '@lossline/core'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  loadClassifier,
  reportTo,
  Trainer,
  type TrainerCallback,
  type TrainerEvent,
  type TrainingArguments,
} from '../src/index.ts'
import { createFakePipeline } from './fake-pipeline.ts'
import { transformers } from './local-models.ts'
import { stubSettings, stubUnusableRun } from './settings.ts'
import { tf } from './tensorflow.ts'
import { loadTickets } from './tickets.ts'
import { callsOf, openTrackedRun } from './tracked-run.ts'
import { createPointTrainer, embedPoints, makePoints, openFolder } from './training-data.ts'

describe('a head on embeddings', () => {
  test('learns to tell tickets apart, and logs it as Python does', async () => {
    await using tracked = await openTrackedRun()
    const { training, test: testing } = loadTickets()
    const embedder = await transformers.pipeline('feature-extraction', 'ticket-embedder')
    const trainer = new Trainer({
      embedder,
      tf,
      trainDataset: training,
      evalDataset: testing,
      reportTo: tracked.run,
      args: {
        outputDir: await openFolder(),
        numTrainEpochs: 15,
        learningRate: 0.03,
        perDeviceTrainBatchSize: 32,
        evalStrategy: 'epoch',
        saveStrategy: 'epoch',
        loggingSteps: 10,
        loadBestModelAtEnd: true,
        metricForBestModel: 'accuracy',
        saveTotalLimit: 2,
      },
    })
    const output = await trainer.train()
    // A logistic regression of scikit-learn on the same embeddings has 0.8125.
    expect(trainer.state.bestMetric).toBeGreaterThan(0.78)
    expect(output).toMatchObject({ globalStep: 330, metrics: { train_loss: output.trainingLoss, epoch: 15 } })
    const { metrics } = await trainer.predict(testing)
    expect(metrics.test_accuracy).toBe(trainer.state.bestMetric)

    const written = await tracked.finishAndRead()
    expect(written.rows.slice(0, 3).map((row) => Object.keys(row).sort())).toEqual([
      ['train/epoch', 'train/global_step', 'train/grad_norm', 'train/learning_rate', 'train/loss'],
      ['train/epoch', 'train/global_step', 'train/grad_norm', 'train/learning_rate', 'train/loss'],
      [
        ...['eval/accuracy', 'eval/f1_macro', 'eval/loss', 'eval/runtime', 'eval/samples_per_second'],
        ...['eval/steps_per_second', 'train/epoch', 'train/global_step'],
      ],
    ])
    expect(written.rows[0]).toMatchObject({ 'train/global_step': 10, 'train/learning_rate': 0.03 * (1 - 10 / 330) })
    expect(written.rows[2]).toMatchObject({ 'train/global_step': 22, 'train/epoch': 1 })
    expect(written.rows.some((row) => 'train/train_loss' in row || 'train_loss' in row)).toBe(false)
    expect(written.summary).toMatchObject({ train_loss: output.trainingLoss, train_runtime: expect.any(Number) })
    expect(written.rows.at(-1)).toMatchObject({ 'test/accuracy': metrics.test_accuracy })
    expect(written.definitions).toMatchObject({ '*': 'train/global_step' })
    expect(written.config).toMatchObject({
      num_train_epochs: 15,
      lr_scheduler_type: 'linear',
      metric_for_best_model: 'accuracy',
      greater_is_better: true,
      'model/num_parameters': 165,
      model: { labels: ['account', 'billing', 'bug', 'feature', 'praise'], input_size: 32 },
    })
  })

  test('becomes a classifier with the results of a pipeline, which can be saved and reports', async () => {
    await using tracked = await openTrackedRun()
    const trainer = await createPointTrainer({ saveStrategy: 'no' }, { hiddenSizes: [4] })
    await trainer.train()
    const { classifier } = trainer
    const inputs = makePoints(12, 7).map(({ input }) => input)
    const batch = await classifier(
      [inputs[0], inputs[1]].flatMap((point) => [point]),
      { top_k: null },
    )
    expect(batch).toHaveLength(2)
    const folder = join(await openFolder(), 'head')
    await classifier.save(folder)
    const loaded = await loadClassifier(folder, { embedder: embedPoints, tf })
    expect(await loaded([inputs[0], inputs[1]], { top_k: null })).toEqual(batch)
    expect(loaded.labels).toEqual(['high', 'low', 'middle'])
    const layersModel = await tf.loadLayersModel(layersModelAt(folder))
    expect(layersModel.countParams()).toBe(27)

    expect(reportTo(loaded, { run: tracked.run, name: 'head' })).toBe(loaded)
    const [best] = await loaded([inputs[0]])
    expect(best).toMatchObject({ label: expect.any(String), score: expect.any(Number) })
    expect(callsOf(await tracked.finishAndRead(), 'head')).toMatchObject([{ batch_size: 1, error: 0 }])
    await expect(loadClassifier('no-such-folder', { embedder: embedPoints, tf })).rejects.toMatchObject({
      code: 'transformers-option',
    })
    loaded.dispose()
    layersModel.dispose()
  })

  test('is saved beside what else a folder holds, its own checkpoints above all', async () => {
    const outputDir = await openFolder()
    await writeFile(join(outputDir, 'notes.txt'), 'mine')
    const trainer = await createPointTrainer({ outputDir, maxSteps: 2, saveSteps: 1 })
    await trainer.train()
    await trainer.saveModel()
    await trainer.classifier.save(`${outputDir}/`)
    expect((await readdir(outputDir)).sort()).toEqual([
      ...['checkpoint-1', 'checkpoint-2', 'head.json', 'model.json', 'notes.txt', 'weights.bin'],
    ])
    const loaded = await loadClassifier(outputDir, { embedder: embedPoints, tf })
    expect(await loaded([[1, 0]])).toEqual(await trainer.classifier([[1, 0]]))
    loaded.dispose()
  })

  test('embeds images by what their model pools', async () => {
    const seen: unknown[] = []
    const embedder = createFakePipeline('image-feature-extraction', (inputs: unknown[], options: unknown) => {
      seen.push(options)
      return embedPoints(inputs)
    })
    const trainer = await createPointTrainer({ maxSteps: 1, saveStrategy: 'no' }, { embedder: embedder as never })
    await trainer.train()
    expect(seen).toEqual([{ pool: true }, { pool: true }])
  })

  test('can be trained again, from the first step on', async () => {
    const trainer = await createPointTrainer({ maxSteps: 3, loggingSteps: 1, saveStrategy: 'no' })
    const first = await trainer.train()
    const second = await trainer.train()
    expect([first.globalStep, second.globalStep]).toEqual([3, 3])
    expect(second.trainingLoss).toBeLessThan(first.trainingLoss)
    expect(trainer.state.logHistory.map(({ step }) => step)).toEqual([1, 2, 3, 3])
  })

  test('learns ever more slowly while its metric gets no better, also over a resume', async () => {
    const outputDir = await openFolder()
    const options = { computeMetrics: () => ({ stuck: 1 }) }
    const stuck: TrainingArguments = {
      ...{ outputDir, learningRate: 0.01, perDeviceTrainBatchSize: 30, maxSteps: 6, loggingSteps: 1 },
      ...{ evalSteps: 1, saveSteps: 1, metricForBestModel: 'stuck', greaterIsBetter: false },
      evalStrategy: 'steps',
      saveStrategy: 'steps',
      lrSchedulerType: 'reduce_lr_on_plateau',
      lrSchedulerKwargs: { patience: 1, factor: 0.5, minLr: 1e-9 },
      // It comes before any update, and does not count.
      evalOnStart: true,
    }
    const ratesOf = ({ state }: Trainer) => state.logHistory.flatMap((entry) => entry.learning_rate ?? [])
    await using tracked = await openTrackedRun()
    const whole = await createPointTrainer(stuck, { ...options, reportTo: tracked.run })
    await whole.train()
    const { config } = await tracked.finishAndRead()
    expect(config).toMatchObject({ lr_scheduler_kwargs: { patience: 1, factor: 0.5, min_lr: 1e-9 } })
    expect(ratesOf(whole)).toEqual([0.01, 0.01, 0.01, 0.005, 0.005, 0.0025])
    const resumed = await createPointTrainer(stuck, options)
    await resumed.train({ resumeFromCheckpoint: join(outputDir, 'checkpoint-4') })
    expect(ratesOf(resumed)).toEqual(ratesOf(whole))
  })

  test('can be trained after what it needs was not there, and reports once', async () => {
    await using tracked = await openTrackedRun()
    const errors = [new Error('no network'), new Error('not yet')]
    const embedder = async (inputs: readonly unknown[]) => {
      if (errors.length === 2) throw errors.pop()
      return embedPoints(inputs)
    }
    const onInitEnd = () => {
      const error = errors.pop()
      if (error !== undefined) throw error
    }
    const args = { maxSteps: 1, loggingSteps: 1, saveStrategy: 'no' } as const
    const trainer = await createPointTrainer(args, { embedder, callbacks: [{ onInitEnd }], reportTo: tracked.run })
    await expect(trainer.train()).rejects.toThrow('not yet')
    await expect(trainer.train()).rejects.toThrow('no network')
    expect((await trainer.train()).globalStep).toBe(1)
    expect((await tracked.finishAndRead()).rows.filter((row) => 'train/loss' in row)).toHaveLength(1)
  })

  test('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors
    const args = { gradientAccumulationSteps: 2, perDeviceTrainBatchSize: 4, weightDecay: 0.1, maxGradNorm: 0.01 }
    const best = { evalStrategy: 'epoch', saveStrategy: 'epoch', loadBestModelAtEnd: true } as const
    const trainer = await createPointTrainer({ ...args, ...best }, { hiddenSizes: [4], dropout: 0.2 })
    await trainer.train()
    await trainer.train()
    await trainer.predict(makePoints(5))
    await trainer.classifier(makePoints(2).map(({ input }) => input))
    trainer.dispose()
    trainer.classifier.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

/** What tfjs' own loader of files would give, for the tfjs of browsers that the tests use. */
function layersModelAt(folder: string) {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))
  const weightData = Uint8Array.from(readFileSync(join(folder, 'weights.bin'))).buffer
  return tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData })
}

describe('events', () => {
  const record = (events: string[]): TrainerCallback => {
    const names: TrainerEvent[] = [
      ...([
        'onInitEnd',
        'onTrainBegin',
        'onEpochBegin',
        'onStepBegin',
        'onPreOptimizerStep',
        'onOptimizerStep',
      ] as const),
      ...(['onSubstepEnd', 'onStepEnd', 'onLog', 'onEvaluate', 'onPredict', 'onPredictionStep', 'onSave'] as const),
      ...(['onEpochEnd', 'onTrainEnd', 'onPushBegin'] as const),
    ]
    return Object.fromEntries(names.map((name) => [name, () => void events.push(name)]))
  }

  test('come in the order of Hugging Face', async () => {
    const events: string[] = []
    const args: TrainingArguments = {
      numTrainEpochs: 1,
      perDeviceTrainBatchSize: 8,
      perDeviceEvalBatchSize: 12,
      gradientAccumulationSteps: 3,
      loggingSteps: 1,
      evalStrategy: 'epoch',
      saveStrategy: 'epoch',
    }
    const trainer = await createPointTrainer(args, { callbacks: [record(events)] })
    await trainer.train()
    await trainer.predict(makePoints(3))
    const update = ['onPreOptimizerStep', 'onOptimizerStep', 'onStepEnd', 'onLog']
    expect(events).toEqual([
      ...['onInitEnd', 'onTrainBegin', 'onEpochBegin'],
      // 30 examples are 4 batches: an update of 3, and one of what is left.
      ...['onStepBegin', 'onSubstepEnd', 'onSubstepEnd', ...update],
      ...['onStepBegin', ...update],
      ...['onEpochEnd', 'onPredictionStep', 'onLog', 'onEvaluate', 'onSave'],
      ...['onLog', 'onTrainEnd', 'onPredictionStep', 'onPredict'],
    ])
    expect(trainer.state).toMatchObject({ globalStep: 2, maxSteps: 2, epoch: 1 })
    expect(trainer.state.logHistory.map(({ step, epoch }) => [step, epoch])).toEqual([
      [1, 0.5],
      [2, 1],
      [2, 1],
      [2, 1],
    ])
  })

  test('may change the control, or return another one; their errors end the training', async () => {
    const stopping = await createPointTrainer(
      { numTrainEpochs: 5, saveStrategy: 'no' },
      { callbacks: [{ onEpochEnd: ({ control }) => void Object.assign(control, { shouldTrainingStop: true }) }] },
    )
    expect((await stopping.train()).globalStep).toBe(4)
    const returning = await createPointTrainer(
      { numTrainEpochs: 5, saveStrategy: 'no' },
      { callbacks: [{ onStepEnd: async ({ control }) => ({ ...control, shouldEpochStop: true }) }] },
    )
    expect((await returning.train()).globalStep).toBe(5)
    const error = new Error('stop')
    const failing = await createPointTrainer(
      {},
      {
        callbacks: [
          {
            onStepEnd: () => {
              throw error
            },
          },
        ],
      },
    )
    await expect(failing.train()).rejects.toBe(error)
  })

  test('let timers have their turn', async () => {
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
    })
    onTestFinished(() => clearInterval(timer))
    const ticksWhileTraining: number[] = []
    const trainer = await createPointTrainer(
      { numTrainEpochs: 300, saveStrategy: 'no' },
      { callbacks: [{ onTrainEnd: () => void ticksWhileTraining.push(ticks) }] },
    )
    await trainer.train()
    expect(ticksWhileTraining[0]).toBeGreaterThan(1)

    const ticksWhileEmbedding: number[] = []
    const embedder = async (inputs: readonly unknown[]) => {
      ticksWhileEmbedding.push(ticks)
      const endMs = performance.now() + 30
      while (performance.now() < endMs);
      return embedPoints(inputs)
    }
    const ticksInUpdate: number[] = []
    const tick = () => void ticksInUpdate.push(ticks)
    const accumulating = await createPointTrainer(
      { maxSteps: 1, saveStrategy: 'no', perDeviceTrainBatchSize: 1, gradientAccumulationSteps: 300 },
      { embedder, trainDataset: makePoints(300), callbacks: [{ onStepBegin: tick, onPreOptimizerStep: tick }] },
    )
    await accumulating.train()
    expect(ticksWhileEmbedding.at(-1)).toBeGreaterThan(ticksWhileEmbedding[0]!)
    expect(ticksInUpdate[1]).toBeGreaterThan(ticksInUpdate[0]!)
  })
})

describe('reportTo', () => {
  test('takes the active run by default, and says so when there is none', async () => {
    const problems: string[] = []
    const options = { reportTo: undefined, onProblem: ({ code }: { code: string }) => void problems.push(code) }
    await (await createPointTrainer({ maxSteps: 1, saveStrategy: 'no' }, options)).train()
    expect(problems).toEqual(['transformers-no-run'])
    await using tracked = await openTrackedRun({ reinit: 'finishPrevious' })
    await (await createPointTrainer({ maxSteps: 1, saveStrategy: 'no' }, options)).train()
    await (await createPointTrainer({ maxSteps: 1, saveStrategy: 'no' }, { ...options, reportTo: 'lossline' })).train()
    expect((await tracked.finishAndRead()).rows.filter((row) => row['train/global_step'] === 1)).toHaveLength(2)
  })

  test('starts a run with the settings of the environment', async () => {
    const dir = await stubSettings()
    const seen: unknown[] = []
    const trainer = await createPointTrainer(
      { maxSteps: 1, saveStrategy: 'no', runName: 'points' },
      { reportTo: ['lossline', 'none', { onLog: ({ logs }) => void seen.push(logs) }] },
    )
    await trainer.train()
    const run = activeRun()
    expect(run?.name).toBe('points')
    expect(run?.directory.startsWith(dir)).toBe(true)
    await run?.finish()
    expect(seen).toHaveLength(1)
  })

  test('a run that cannot be started leaves the training as it is, with one warning', async () => {
    await stubUnusableRun()
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => warn.mockRestore())
    const trainer = await createPointTrainer({ maxSteps: 2, saveStrategy: 'no' }, { reportTo: 'lossline' })
    expect((await trainer.train()).globalStep).toBe(2)
    expect(activeRun()).toBeUndefined()
    expect(warn.mock.calls).toEqual([[expect.stringContaining('No run could be started')]])
  })

  test('a run that has ended, or fails, does not end the training', async () => {
    await using tracked = await openTrackedRun()
    await tracked.run.finish()
    const problems: string[] = []
    const onProblem = ({ code }: { code: string }) => void problems.push(code)
    const ended = { reportTo: tracked.run, onProblem }
    expect((await (await createPointTrainer({ maxSteps: 1, loggingSteps: 1 }, ended)).train()).globalStep).toBe(1)
    expect(problems).toEqual([])
    const broken = {
      ...{ config: { update() {} }, summary: { update() {} }, isFinished: false, defineMetric() {} },
      log() {
        throw new Error('no log')
      },
    }
    const trainer = await createPointTrainer(
      { maxSteps: 2, loggingSteps: 1, logModel: 'checkpoint' },
      { reportTo: [tracked.run, broken], onProblem },
    )
    expect((await trainer.train()).globalStep).toBe(2)
    expect(problems).toEqual(['transformers-observer-failed'])
  })
})
