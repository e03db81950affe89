import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  earlyStopping,
  loadClassifier,
  Trainer,
  type TrainerCallback,
  type TrainerOptions,
  type TrainingArguments,
} from '../src/index.ts'
import { tf } from './tensorflow.ts'
import { openTrackedRun } from './tracked-run.ts'
import { createPointTrainer, embedPoints, openFolder, points } from './training-data.ts'

describe('arguments', () => {
  test('gradients of several batches make the update of one', async () => {
    const lossesOf = async (args: TrainingArguments) => {
      const trainer = await createPointTrainer({ ...args, loggingSteps: 1, saveStrategy: 'no' })
      await trainer.train()
      return trainer.state.logHistory.flatMap(({ loss, grad_norm: norm }) => (loss === undefined ? [] : [[loss, norm]]))
    }
    const whole = await lossesOf({ perDeviceTrainBatchSize: 10 })
    const parts = await lossesOf({ perDeviceTrainBatchSize: 5, gradientAccumulationSteps: 2 })
    expect(parts).toHaveLength(6)
    for (const [index, [loss, norm]] of whole.entries()) {
      expect(parts[index]?.[0]).toBeCloseTo(loss ?? 0, 5)
      expect(parts[index]?.[1]).toBeCloseTo(norm ?? 0, 5)
    }
  })

  test('say when to log, evaluate and save', async () => {
    const values = [0.1, 0.5, 0.3, 0.9]
    const trainer = await createPointTrainer(
      {
        maxSteps: 10,
        loggingSteps: 4,
        loggingFirstStep: true,
        evalOnStart: true,
        evalStrategy: 'steps',
        evalSteps: 2,
        evalDelay: 5,
        saveStrategy: 'best',
        metricForBestModel: 'score',
      },
      { computeMetrics: () => ({ score: values.shift() ?? 0 }) },
    )
    await trainer.train()
    const stepsOf = (key: string) => trainer.state.logHistory.flatMap((entry) => (key in entry ? [entry.step] : []))
    expect(stepsOf('loss')).toEqual([1, 4, 8])
    expect(stepsOf('eval_score')).toEqual([0, 6, 8, 10])
    expect(trainer.state).toMatchObject({ bestGlobalStep: 10, bestMetric: 0.9 })
    expect(readdirSync(trainer.args.outputDir).sort()).toEqual(['checkpoint-10', 'checkpoint-6'])
  })

  test('evaluations may wait for some epochs', async () => {
    const trainer = await createPointTrainer({
      ...{ numTrainEpochs: 4, evalStrategy: 'epoch', evalDelay: 3, saveStrategy: 'no' },
    })
    await trainer.train()
    expect(trainer.state.logHistory.flatMap((entry) => ('eval_loss' in entry ? [entry.epoch] : []))).toEqual([3, 4])
  })

  test('a seed gives the same training, dropout included', async () => {
    const lossOf = async (seed: number) => {
      const trainer = await createPointTrainer({ seed, saveStrategy: 'no' }, { hiddenSizes: [4], dropout: 0.3 })
      return (await trainer.train()).trainingLoss
    }
    const [first, again, other] = [await lossOf(1), await lossOf(1), await lossOf(2)]
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })

  test('gradients are cut to a length', async () => {
    const lossOf = async (maxGradNorm: number) => {
      // With so large an epsilon an update is as long as its gradient.
      const args = { maxGradNorm, adamEpsilon: 1, learningRate: 1, loggingSteps: 1, saveStrategy: 'no' } as const
      const trainer = await createPointTrainer(args)
      const { trainingLoss } = await trainer.train()
      return { trainingLoss, norm: trainer.state.logHistory[0]?.grad_norm }
    }
    const [free, cut, long] = [await lossOf(0), await lossOf(0.01), await lossOf(1000)]
    expect(cut.trainingLoss).toBeGreaterThan(free.trainingLoss)
    expect(long).toEqual(free)
    expect(cut.norm).toBe(free.norm)
  })

  test('weights decay, and labels are smoothed', async () => {
    const weightsOf = async (args: TrainingArguments) => {
      const trainer = await createPointTrainer({ ...args, learningRate: 0.1, maxSteps: 1, saveStrategy: 'no' })
      const { trainingLoss } = await trainer.train()
      const scores = await trainer.classifier([[1, 0]], { top_k: null })
      return { trainingLoss, scores: scores.flat().map(({ score }) => score) }
    }
    const plain = await weightsOf({})
    expect((await weightsOf({ weightDecay: 5 })).scores).not.toEqual(plain.scores)
    expect((await weightsOf({ weightDecay: 5 })).trainingLoss).toBe(plain.trainingLoss)
    expect((await weightsOf({ labelSmoothingFactor: 0.5 })).trainingLoss).not.toBe(plain.trainingLoss)
  })

  test('biases do not decay', async () => {
    const outputDir = await openFolder()
    const trainer = await createPointTrainer({ outputDir, maxSteps: 4, saveSteps: 4 })
    await trainer.train()
    const biases = await trainer.classifier([[0, 0]], { top_k: null })
    // One step more, which changes nothing but by decay: all of the weights.
    const args = { outputDir, maxSteps: 5, weightDecay: 20, adamEpsilon: 1e30, lrSchedulerType: 'constant' } as const
    const decayed = await createPointTrainer({ ...args, saveStrategy: 'no' })
    await decayed.train({ resumeFromCheckpoint: true })
    expect(await decayed.classifier([[5, -3]], { top_k: null })).toEqual(biases)
    expect(new Set(biases.flat().map(({ score }) => score)).size).toBe(3)
  })

  test.each<[string, Partial<TrainerOptions>]>([
    ['learningRate: -1', { args: { learningRate: -1 } }],
    ['perDeviceTrainBatchSize: 0', { args: { perDeviceTrainBatchSize: 0 } }],
    ['warmupRatio: 2', { args: { warmupRatio: 2 } }],
    ['numTrainEpochs: 0', { args: { numTrainEpochs: 0 } }],
    ['an unknown schedule', { args: { lrSchedulerType: 'stairs' as never } }],
    ['an unknown strategy', { args: { evalStrategy: 'sometimes' as never } }],
    ['a plateau without evaluations', { args: { lrSchedulerType: 'reduce_lr_on_plateau' } }],
    ['a plateau that raises the learning rate', { args: { lrSchedulerKwargs: { factor: 1 } } }],
    ['a plateau of another mode', { args: { lrSchedulerKwargs: { mode: 'auto' as never } } }],
    ['a negative patience', { args: { lrSchedulerKwargs: { patience: -1 } } }],
    ['the best model without evaluations', { args: { loadBestModelAtEnd: true } }],
    ['best checkpoints without evaluations', { args: { saveStrategy: 'best' } }],
    ['evaluations without examples', { args: { evalStrategy: 'epoch' }, evalDataset: undefined }],
    ['no examples', { trainDataset: [] }],
    ['batches that are never full', { args: { dataloaderDropLast: true, perDeviceTrainBatchSize: 31 } }],
    ['an unknown place to report to', { reportTo: 'tensorboard' as never }],
  ])('%s is refused', (_, options) => {
    expect(() => new Trainer({ ...points, ...options })).toThrow(
      expect.objectContaining({ code: 'transformers-option' }),
    )
  })

  test('names that are none are refused', () => {
    const refused = expect.objectContaining({ code: 'invalid-option', hint: 'Did you mean learningRate?' })
    expect(() => new Trainer({ ...points, args: { learning_rate: 1 } as never })).toThrow(refused)
    const args = { lrSchedulerKwargs: { num_cycles: 2 } as never }
    expect(() => new Trainer({ ...points, args })).toThrow(
      expect.objectContaining({ code: 'invalid-option', hint: 'Did you mean numCycles?' }),
    )
  })

  test('what is found wrong later says so too', async () => {
    const refused = { code: 'transformers-option' }
    const trainer = await createPointTrainer({})
    expect(() => trainer.classifier).toThrow(expect.objectContaining(refused))
    await expect((await createPointTrainer({}, { tf: {} as never })).train()).rejects.toMatchObject(refused)
    const unpooled = async () => ({ dims: [1, 3, 2], type: 'float32', data: new Float32Array(6) })
    await expect((await createPointTrainer({}, { embedder: unpooled })).train()).rejects.toMatchObject(refused)
    const stopping = await createPointTrainer({}, { callbacks: [earlyStopping()] })
    await expect(stopping.train()).rejects.toMatchObject(refused)
    expect(() => earlyStopping({ earlyStoppingPatience: 0 })).toThrow(expect.objectContaining(refused))
    const misspelt = { evalStrategy: 'epoch', saveStrategy: 'best', metricForBestModel: 'acuracy' } as const
    await expect((await createPointTrainer(misspelt)).train()).rejects.toMatchObject({
      ...refused,
      hint: expect.stringContaining('eval_accuracy'),
    })
  })
})

describe('checkpoints', () => {
  test('a training that goes on is the same as one that was not interrupted', async () => {
    const args: TrainingArguments = {
      numTrainEpochs: 4,
      perDeviceTrainBatchSize: 4,
      saveSteps: 5,
      loggingSteps: 1,
      lrSchedulerType: 'cosine',
      warmupRatio: 0.1,
      weightDecay: 0.01,
    }
    const shape = { hiddenSizes: [4], dropout: 0.2 }
    const lossesOf = ({ state }: Trainer) =>
      state.logHistory.flatMap(({ loss, step }) => (loss === undefined ? [] : [[step, loss]]))
    const whole = await createPointTrainer(args, shape)
    await whole.train()

    const outputDir = await openFolder()
    const stop: TrainerCallback = {
      onStepEnd({ state, control }) {
        control.shouldTrainingStop = state.globalStep === 13
      },
    }
    const first = await createPointTrainer({ ...args, outputDir }, { ...shape, callbacks: [stop] })
    await first.train()
    expect(readdirSync(outputDir).sort()).toEqual(['checkpoint-10', 'checkpoint-5'])
    const second = await createPointTrainer({ ...args, outputDir }, shape)
    const output = await second.train({ resumeFromCheckpoint: true })
    expect(output.globalStep).toBe(32)
    expect(lossesOf(second)).toEqual(lossesOf(whole))
    const point = [[0.3, 0.4]]
    expect(await second.classifier(point, { top_k: null })).toEqual(await whole.classifier(point, { top_k: null }))
  })

  test('a training that goes on logs as often as it is told now', async () => {
    const outputDir = await openFolder()
    await (await createPointTrainer({ outputDir, maxSteps: 2, saveSteps: 1 })).train()
    const resumed = await createPointTrainer({ outputDir, maxSteps: 6, loggingSteps: 2, saveStrategy: 'no' })
    await resumed.train({ resumeFromCheckpoint: true })
    expect(resumed.state.logHistory.flatMap(({ loss, step }) => (loss === undefined ? [] : [step]))).toEqual([4, 6])
  })

  test('without one, or with a wrong one, nothing begins', async () => {
    const outputDir = await openFolder()
    const trainer = await createPointTrainer({ outputDir, maxSteps: 2 })
    await expect(trainer.train({ resumeFromCheckpoint: true })).rejects.toThrow(/no checkpoint in/)
    expect((await trainer.train()).globalStep).toBe(2)
    const complete = await (await createPointTrainer({ outputDir, maxSteps: 2 })).train({ resumeFromCheckpoint: true })
    expect(complete).toMatchObject({ globalStep: 2, trainingLoss: Number.NaN })
    expect(complete.metrics).not.toHaveProperty('train_loss')
    const other = await createPointTrainer({}, { hiddenSizes: [3] })
    const refused = { code: 'transformers-option' }
    await expect(other.train({ resumeFromCheckpoint: join(outputDir, 'checkpoint-2') })).rejects.toMatchObject(refused)
    await expect(other.train({ resumeFromCheckpoint: 'nowhere' })).rejects.toMatchObject(refused)
  })

  test('the best one is kept and comes back at the end', async () => {
    const outputDir = await openFolder()
    const values = [0.5, 0.9, 0.6, 0.4, 0.3]
    const trainer = await createPointTrainer(
      {
        outputDir,
        numTrainEpochs: 5,
        evalStrategy: 'epoch',
        saveStrategy: 'epoch',
        loadBestModelAtEnd: true,
        metricForBestModel: 'score',
        saveTotalLimit: 2,
      },
      { computeMetrics: () => ({ score: values.shift() ?? 0 }) },
    )
    await trainer.train()
    expect(trainer.state).toMatchObject({ bestMetric: 0.9, bestGlobalStep: 8, globalStep: 20 })
    expect(trainer.state.bestModelCheckpoint).toBe(join(outputDir, 'checkpoint-8'))
    expect(readdirSync(outputDir).sort()).toEqual(['checkpoint-20', 'checkpoint-8'])
    const best = await loadClassifier(join(outputDir, 'checkpoint-8'), { embedder: embedPoints, tf })
    expect(await trainer.classifier([[1, 0]], { top_k: null })).toEqual(await best([[1, 0]], { top_k: null }))
    const state = JSON.parse(readFileSync(join(outputDir, 'checkpoint-20', 'trainer_state.json'), 'utf8'))
    expect(state).toMatchObject({ global_step: 20, best_metric: 0.9, log_history: expect.any(Array) })
    best.dispose()
  })

  test('early stopping gives up, and remembers over a resume how long it has waited', async () => {
    const values = [0.5, 0.9, 0.6, 0.4, 0.3]
    const args: TrainingArguments = {
      numTrainEpochs: 8,
      evalStrategy: 'epoch',
      saveStrategy: 'epoch',
      metricForBestModel: 'score',
      outputDir: await openFolder(),
    }
    const create = (patience: number) =>
      createPointTrainer(args, {
        computeMetrics: () => ({ score: values.shift() ?? 0 }),
        callbacks: [earlyStopping({ earlyStoppingPatience: patience })],
      })
    expect((await (await create(2)).train()).globalStep).toBe(16)
    values.push(0.2, 0.2, 0.2)
    expect((await (await create(3)).train({ resumeFromCheckpoint: true })).globalStep).toBe(20)
  })

  test('early stopping wants as much as it is told to', async () => {
    const values = [0.5, 0.55, 0.9]
    const trainer = await createPointTrainer(
      { numTrainEpochs: 3, evalStrategy: 'epoch', saveStrategy: 'no', metricForBestModel: 'score' },
      {
        computeMetrics: () => ({ score: values.shift() ?? 0 }),
        callbacks: [earlyStopping({ earlyStoppingThreshold: 0.1 })],
      },
    )
    expect((await trainer.train()).globalStep).toBe(8)
  })

  test('become artifacts', async () => {
    await using tracked = await openTrackedRun()
    const trainer = await createPointTrainer(
      { numTrainEpochs: 2, saveStrategy: 'epoch', logModel: 'checkpoint' },
      { reportTo: tracked.run },
    )
    await trainer.train()
    const { artifacts } = await tracked.finishAndRead()
    const name = `model-${tracked.run.id}`
    expect(artifacts).toMatchObject([
      { name, type: 'model', aliases: expect.arrayContaining(['epoch_1', 'checkpoint_global_step_4']) },
      { name, aliases: expect.arrayContaining(['epoch_2', 'checkpoint_global_step_8']) },
      { name, aliases: expect.arrayContaining(['final_model']) },
    ])
    expect(JSON.stringify(artifacts[0]?.manifest)).toContain('trainer_state.json')
    expect(JSON.stringify(artifacts[2]?.manifest)).toContain('model.json')
    expect(JSON.parse(String(artifacts[2]?.metadata))).toMatchObject({ train_loss: expect.any(Number) })
  })
})
