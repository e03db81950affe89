import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { init } from '@lossline/core'
import { losslineCallback, trackModel } from '@lossline/tfjs'
import type * as TensorFlow from '@tensorflow/tfjs'
import { loadDigits, toTensors } from '../../examples/tfjs-digits/digits.ts'
import { createModel } from '../../examples/tfjs-digits/model.ts'
import type { AdapterScenario, AdapterScenarios } from './scenario.ts'

const digitCount = 512
const predictCount = 20

/** The digits of the example on the backend in plain JavaScript, the CNN of the example. */
export async function openTfjsScenarios(): Promise<AdapterScenarios> {
  const tf = loadQuietly()
  const folder = mkdtempSync(join(tmpdir(), 'lossline-bench-'))
  const run = await init({ project: 'bench', dir: folder, mode: 'local', silent: true, console: 'off' })
  const { training } = loadDigits()
  const { xs, ys } = toTensors(tf, training.slice(0, digitCount))
  const few = xs.slice([0], [64])
  const fit = (model: TensorFlow.Sequential, callbacks?: object) =>
    model.fit(xs, ys, {
      epochs: 1,
      batchSize: 64,
      shuffle: false,
      verbose: 0,
      // The types of arrays of callbacks do not know what trackModel passes.
      ...(callbacks === undefined ? {} : { callbacks: callbacks as never }),
    })
  const predict = (model: TensorFlow.Sequential) => {
    for (let call = 0; call < predictCount; call += 1) tf.dispose(model.predict(few))
  }

  /** Two models that train alike, one of them tracked. */
  const fitScenario = (name: string, options: Parameters<typeof losslineCallback>[0], isDefault: boolean) => {
    const [plain, tracked] = [createModel(tf, 0.003), createModel(tf, 0.003)]
    const callbacks = losslineCallback({ run, model: tracked, ...options })
    return { name, isDefault, rounds: 11, plain: () => fit(plain), tracked: () => fit(tracked, callbacks) }
  }
  const predictScenario = (name: string, isLogged: boolean): AdapterScenario => {
    const [plain, tracked] = [createModel(tf, 0.003), createModel(tf, 0.003)]
    trackModel(tracked, { run, predict: isLogged })
    return { name, isDefault: true, rounds: 25, plain: () => predict(plain), tracked: () => predict(tracked) }
  }
  return {
    scenarios: [
      fitScenario('fit, default settings', {}, true),
      fitScenario("fit, logFreq: 'batch'", { logFreq: 'batch' }, true),
      fitScenario('fit, checkpoint of every epoch', { checkpoint: { everyEpochs: 1 } }, false),
      predictScenario('predict of a tracked model', false),
      predictScenario('predict of a tracked model, every call logged', true),
    ],
    async [Symbol.asyncDispose]() {
      await run.finish()
      rmSync(folder, { recursive: true })
    },
  }
}

/** tfjs-node where LOSSLINE_TFJS_NODE names a folder that has it; without the advice to use it, which comes with the first operation. */
function loadQuietly(): typeof TensorFlow {
  const { log, warn } = console
  Object.assign(console, { log() {}, warn() {} })
  try {
    const folder = process.env.LOSSLINE_TFJS_NODE
    const tf: typeof TensorFlow =
      folder === undefined
        ? createRequire(import.meta.url)('@tensorflow/tfjs')
        : createRequire(join(folder, 'package.json'))('@tensorflow/tfjs-node')
    tf.scalar(0).neg().dispose()
    return tf
  } finally {
    Object.assign(console, { log, warn })
  }
}
