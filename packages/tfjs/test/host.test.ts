import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { losslineCallback, metricsLogger, type RunLike, type TfjsProblem } from '../src/index.ts'
import { loadSecondCopy, tf } from './tensorflow.ts'
import { makeModel, makePoints } from './tiny-models.ts'
import { openTrackedRun, outlineOf } from './tracked-run.ts'

/** Math.random from a seed: tfjs shuffles with it. */
function seedRandom() {
  let state = 42
  const spy = vi.spyOn(Math, 'random').mockImplementation(() => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  })
  onTestFinished(() => spy.mockRestore())
}

/** A callback of the program itself, as an instance of this tfjs's class. */
function makeInstance(handlers: object): object {
  return Object.assign(Reflect.construct(tf.Callback, []), handlers)
}

async function trainOnce(callbacks: object | undefined) {
  seedRandom()
  const model = makeModel(tf)
  const { x, y } = makePoints(tf)
  const args = { epochs: 4, batchSize: 8, validationSplit: 0.25, verbose: 0 as const }
  const { history } = await model.fit(x, y, { ...args, ...(callbacks && { callbacks: callbacks as never }) })
  const weights = model.getWeights().map((weight) => [...weight.dataSync()])
  model.optimizer.dispose()
  model.dispose()
  tf.dispose([x, y])
  return { history, weights }
}

describe('what the host program notices', () => {
  test('fit gives the same history and weights with and without callbacks', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const plain = await trainOnce(undefined)
    expect(await trainOnce(losslineCallback({ run, logFreq: 'batch' }))).toEqual(plain)
    expect(await trainOnce(losslineCallback({ run, logFreq: 'batch', tf }))).toEqual(plain)
  })

  test.each(['object', 'instance'])('no tensor is kept (%s)', async (shape) => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    // The first training creates what tfjs keeps for itself.
    await trainOnce(undefined)
    const before = tf.memory().numTensors
    await trainOnce(losslineCallback({ run, logFreq: 'batch', ...(shape === 'instance' && { tf }) }))
    expect(tf.memory().numTensors).toBe(before)
  })

  test('a History that another callback shares stays whole', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const { history } = await trainOnce(losslineCallback({ run, logFreq: 'batch', tf }))
    expect(
      Object.values(history).every(
        (values) => values.length === 4 && values.every((value) => typeof value === 'number'),
      ),
    ).toBe(true)
  })

  test.each(['object', 'instance'])('an error in fit is passed on, and the next fit is logged (%s)', async (shape) => {
    await using tracked = await openTrackedRun()
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)
    const options = { run: tracked.run, logFreq: 'batch' as const }
    const logger = losslineCallback({ ...options, ...(shape === 'instance' && { tf }) })
    const error = new Error('from the program')
    const fail = {
      onEpochEnd() {
        throw error
      },
    }
    const failing = shape === 'object' ? fail : makeInstance(fail)
    const train = (callbacks: object[]) =>
      model.fit(x, y, { epochs: 2, batchSize: 12, verbose: 0, callbacks: callbacks as never })

    await expect(train([logger, failing])).rejects.toBe(error)
    await train([logger])

    const firstFit = [0, 1, 'epoch']
    const secondFit = [2, 3, 'epoch', 4, 5, 'epoch']
    expect(outlineOf(await tracked.finishAndRead())).toEqual([...firstFit, ...secondFit])
  })

  test.each(['object', 'instance'])('errors of the run never reach fit, and are said once (%s)', async (shape) => {
    const problems: TfjsProblem[] = []
    const broken: RunLike = {
      log() {
        throw new Error('the disk is on fire')
      },
      defineMetric() {},
      config: { update() {} },
    }
    const onProblem = (problem: TfjsProblem) => {
      problems.push(problem)
      throw new Error('and so is the listener')
    }

    await trainOnce(losslineCallback({ run: broken, logFreq: 'batch', onProblem, ...(shape === 'instance' && { tf }) }))

    expect(problems).toMatchObject([{ code: 'tfjs-callback-failed', message: expect.stringContaining('on fire') }])
  })

  test('without a run nothing is logged, and that is said once', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => warn.mockRestore())
    const callbacks = losslineCallback({ logFreq: 'batch' })

    await trainOnce(callbacks)
    await trainOnce(callbacks)

    expect(warn.mock.calls).toMatchInlineSnapshot(`
      [
        [
          "lossline: No run is active, so this training is not logged. Call await init() before fit(), or pass the run: losslineCallback({ run }).",
        ],
      ]
    `)
  })

  test('without a run nothing else is done either, and the model trains as it did', async () => {
    const problems: TfjsProblem[] = []
    const onProblem = (problem: TfjsProblem) => void problems.push(problem)
    const { x, y } = makePoints(tf)
    const plain = await trainOnce(undefined)
    const all = { checkpoint: true, histograms: true, evaluation: { data: [x, y] as const } }
    expect(await trainOnce(losslineCallback({ ...all, onProblem }))).toEqual(plain)
    expect(problems.map(({ code }) => code)).toEqual(['tfjs-no-run'])
  })

  test('what needs the model says so once', async () => {
    await using tracked = await openTrackedRun()
    const problems: TfjsProblem[] = []
    const onProblem = (problem: TfjsProblem) => void problems.push(problem)
    const callbacks = losslineCallback({ run: tracked.run, checkpoint: true, histograms: true, onProblem })
    await trainOnce(callbacks)
    expect(problems.map(({ code }) => code)).toEqual(['tfjs-no-model'])
    expect(await callbacks.restoreBest()).toBeUndefined()
  })

  test('a disabled run takes all of it and keeps nothing', async () => {
    await using tracked = await openTrackedRun({ mode: 'disabled' })
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)
    const problems: TfjsProblem[] = []
    const callbacks = losslineCallback({
      run: tracked.run,
      model,
      checkpoint: { keepBest: 1, everyEpochs: 1 },
      histograms: true,
      evaluation: { data: [x, y] },
      onProblem: (problem) => void problems.push(problem),
    })
    await model.fit(x, y, { epochs: 3, verbose: 0, callbacks })
    await callbacks.settled()
    expect(problems).toEqual([])
    expect(await callbacks.restoreBest()).toMatchObject({ epoch: expect.any(Number) })
  })

  test('a run that was finished too early is said once, and training goes on', async () => {
    await using tracked = await openTrackedRun()
    await tracked.run.finish()
    const problems: TfjsProblem[] = []
    const onProblem = (problem: TfjsProblem) => void problems.push(problem)

    const { history } = await trainOnce(losslineCallback({ run: tracked.run, logFreq: 'batch', onProblem }))

    expect(history.loss?.length).toBe(4)
    expect(problems).toMatchObject([{ code: 'tfjs-callback-failed', cause: { code: 'run-finished' } }])
  })

  test('without the option run, the run that is active when training begins is logged to', async () => {
    const callbacks = losslineCallback()
    await using tracked = await openTrackedRun({ reinit: 'refuse' })

    await trainOnce(callbacks)

    expect(outlineOf(await tracked.finishAndRead())).toEqual(['epoch', 'epoch', 'epoch', 'epoch'])
  })

  test('a disposed or odd value is left out, the others are logged', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const problems: TfjsProblem[] = []
    const callbacks = metricsLogger({ run, onProblem: (problem) => void problems.push(problem) })
    const disposed = tf.scalar(1)
    disposed.dispose()

    await callbacks.onTrainBegin({})
    await callbacks.onEpochEnd(0, { loss: 1, gone: disposed, text: 'x', vector: { data: async () => [1, 2] } })

    const { rows } = await tracked.finishAndRead()
    expect(rows).toEqual([{ 'epoch/epoch': 0, 'epoch/loss': 1 }])
    expect(problems.map((problem) => problem.code)).toEqual(['tfjs-unreadable-value'])
  })
})

describe('two copies of tfjs in a process', () => {
  const second = loadSecondCopy()

  test('they are two', () => {
    expect(second.Callback).not.toBe(tf.Callback)
    expect(second.version.tfjs).toBe(tf.version.tfjs)
  })

  test.each(['object', 'instance'])('a model of one is logged by callbacks made for the other (%s)', async (shape) => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(second)
    const { x, y } = makePoints(second)

    const callbacks = losslineCallback({ run, model, logFreq: 'batch', ...(shape === 'instance' && { tf }) })
    await model.fit(x, y, { epochs: 2, batchSize: 12, verbose: 0, callbacks: callbacks as never })

    const written = await tracked.finishAndRead()
    const { rows, config } = written
    expect(outlineOf(written)).toEqual([0, 1, 'epoch', 2, 3, 'epoch'])
    expect(rows[0]?.['batch/loss']).toBeTypeOf('number')
    expect(config).toMatchObject({ tfjs: { epochs: 2, model: { parameterCount: 17 } } })
  })
})

describe('next to other callbacks', () => {
  test('an instance shares an array with earlyStopping', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    // A learning rate of 0 never improves: stops after the epoch that patience allows.
    const model = makeModel(tf, 0)
    const { x, y } = makePoints(tf)

    await model.fit(x, y, {
      epochs: 10,
      validationData: [x, y],
      verbose: 0,
      callbacks: [losslineCallback({ run, tf }), tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 1 })],
    })

    const { rows } = await tracked.finishAndRead()
    expect(rows.map((row) => row['epoch/epoch'])).toEqual([0, 1])
  })

  test('objects share an array with other objects', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)
    const seen: number[] = []

    const callbacks = [{ onEpochEnd: (epoch: number) => void seen.push(epoch) }, losslineCallback({ run, model })]
    await model.fit(x, y, { epochs: 2, verbose: 0, callbacks })

    const { rows } = await tracked.finishAndRead()
    expect(seen).toEqual([0, 1])
    expect(rows.length).toBe(2)
  })

  test('an instance lets timers run while a model trains', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)
    let ticksWhileTraining = 0
    const timer = setInterval(() => ticksWhileTraining++, 1)
    onTestFinished(() => clearInterval(timer))
    // Each batch takes as long as a real one.
    const slow = makeInstance({
      onBatchBegin() {
        const end = performance.now() + 30
        while (performance.now() < end);
      },
    })

    const callbacks = [losslineCallback({ run, tf }), slow] as never
    await model.fit(x, y, { epochs: 1, batchSize: 1, verbose: 0, callbacks })

    // 24 batches of 30 ms hold at least 5 pauses of 100 ms.
    expect(ticksWhileTraining).toBeGreaterThanOrEqual(5)
    await sleep(0)
  })
})

test('options that cannot be are refused when the callback is made', () => {
  for (const options of [{ logFreq: 0 }, { logFreq: 1.5 }, { logFreq: 'step' as never }, { initialGlobalStep: -1 }]) {
    expect(() => losslineCallback(options)).toThrow(expect.objectContaining({ code: 'tfjs-option' }))
  }
  expect(() => losslineCallback({ tf: {} as never })).toThrow(expect.objectContaining({ code: 'tfjs-option' }))
})

describe('slips', () => {
  test.each([
    ['alone', (callback: unknown) => callback],
    ['in an array', (callback: unknown) => [callback]],
  ])('the callback itself instead of its result, %s: it is said what to write', async (_, toCallbacks) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => warn.mockRestore())
    await trainOnce(toCallbacks(losslineCallback) as object)
    expect(warn.mock.calls.flat().join()).toContain('Call it: callbacks: losslineCallback({ run, model })')
  })

  test('another model than the one that trains: nothing of it is saved, and the trained one stays as it is', async () => {
    await using tracked = await openTrackedRun()
    const problems: TfjsProblem[] = []
    const [model, other] = [makeModel(tf), makeModel(tf)]
    const { x, y } = makePoints(tf)
    const callbacks = losslineCallback({
      run: tracked.run,
      model: other,
      checkpoint: { monitor: 'loss' },
      onProblem: (problem) => problems.push(problem),
    })
    await model.fit(x, y, { epochs: 2, verbose: 0, callbacks: callbacks as never })
    const before = model.getWeights().map((weight) => [...weight.dataSync()])
    expect(await callbacks.restoreBest(model as never)).toBeUndefined()
    expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before)
    expect(problems.map(({ code }) => code)).toEqual(['tfjs-other-model'])
    for (const one of [model, other]) one.dispose()
    tf.dispose([x, y])
  })
})
