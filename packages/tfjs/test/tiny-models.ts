import type * as TensorFlow from '@tensorflow/tfjs'

type Tf = typeof TensorFlow

/** 24 points on a plane with a little bend, the same in every call. */
export function makePoints(tf: Tf) {
  const inputs = Array.from({ length: 24 }, (_, index) => [Math.sin(index), Math.cos(index * 1.7)])
  const targets = inputs.map(([a = 0, b = 0]) => [0.6 * a - 0.3 * b + 0.1 * a * b])
  return { x: tf.tensor2d(inputs), y: tf.tensor2d(targets) }
}

/** 2 → 4 → 1, with weights from a seed, so that two of them train alike. */
export function makeModel(tf: Tf, learningRate = 0.1) {
  const model = tf.sequential({ name: 'tiny' })
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 7 })
  model.add(tf.layers.dense({ units: 4, inputShape: [2], activation: 'tanh', kernelInitializer }))
  model.add(tf.layers.dense({ units: 1, kernelInitializer }))
  model.compile({ optimizer: tf.train.sgd(learningRate), loss: 'meanSquaredError', metrics: ['mae'] })
  return model
}

/** One input, and an output for each of the given names. */
export function makeModelWithOutputs(tf: Tf, outputNames: readonly string[], metrics: string[] = ['mae']) {
  const input = tf.input({ shape: [2] })
  const outputs = outputNames.map((name, index) => {
    const kernelInitializer = tf.initializers.glorotUniform({ seed: index + 1 })
    return tf.layers.dense({ units: 1, name, kernelInitializer }).apply(input) as TensorFlow.SymbolicTensor
  })
  const model = tf.model({ inputs: input, outputs })
  model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError', metrics })
  return model
}
