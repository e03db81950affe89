// Searches the settings of a small classifier of handwritten digits: a sweep of 12 trainings by Bayesian search, in which
// trainings that do badly are stopped early.
//
//     node sweep.ts                  makes the sweep and works for it; no server need be running
//     node sweep.ts --trials 4       fewer or more trainings than 12
//     npx lossline                   shows the sweep, also while it goes on

import { parseArgs } from 'node:util'
import { losslineCallback } from '@lossline/tfjs'
import * as tf from '@tensorflow/tfjs'
import { agent, init, sweep } from 'lossline'
import { loadDigits } from './digits.ts'

const { values: options } = parseArgs({ options: { trials: { type: 'string', default: '12' } } })
const { training, validation } = loadDigits(tf)

const id = await sweep(
  {
    name: 'digits',
    method: 'bayes',
    metric: { name: 'epoch/val_loss', goal: 'minimize' },
    run_cap: Number(options.trials),
    early_terminate: { type: 'hyperband', min_iter: 3, eta: 3 },
    parameters: {
      learningRate: { distribution: 'log_uniform_values', min: 1e-4, max: 0.1 },
      units: { distribution: 'q_log_uniform_values', min: 16, max: 128, q: 8 },
      dropout: { min: 0.0, max: 0.6 },
      optimizer: { values: ['adam', 'sgd'] },
      epochs: { value: 12 },
    },
  },
  { project: 'sweep-digits' },
)

const { best } = await agent(id, train, { project: 'sweep-digits' })
console.log(`Best validation loss ${best?.value.toFixed(4)} with ${JSON.stringify(best?.settings)}`)

/** One training, with the settings that the sweep has chosen. */
async function train(): Promise<void> {
  const run = await init<Settings>({ jobType: 'train', tags: ['dense'], quiet: true })
  const { learningRate, units, dropout, optimizer, epochs } = run.config
  const model = tf.sequential({
    name: 'digits-dense',
    layers: [
      tf.layers.dense({ inputShape: [64], units, activation: 'relu' }),
      tf.layers.dropout({ rate: dropout }),
      tf.layers.dense({ units: 10, activation: 'softmax' }),
    ],
  })
  model.compile({
    optimizer: tf.train[optimizer](learningRate),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  })
  await model.fit(training.xs, training.ys, {
    epochs,
    batchSize: 64,
    validationData: [validation.xs, validation.ys],
    verbose: 0,
    callbacks: losslineCallback({ run, model }),
  })
  model.dispose()
  await run.finish()
}

interface Settings {
  readonly learningRate: number
  readonly units: number
  readonly dropout: number
  readonly optimizer: 'adam' | 'sgd'
  readonly epochs: number
}
