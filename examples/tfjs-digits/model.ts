import type { Sequential } from '@tensorflow/tfjs'
import type { Tf } from './tensorflow.ts'

/** A convolution of 8 filters, a hidden layer of 64 units, and one probability a digit: 33,498 parameters. */
export function createModel(tf: Tf, learningRate: number): Sequential {
  const initializer = (seed: number) => tf.initializers.glorotUniform({ seed })
  const model = tf.sequential({
    name: 'digits-cnn',
    layers: [
      tf.layers.conv2d({
        inputShape: [8, 8, 1],
        filters: 8,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: initializer(1),
      }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 64, activation: 'relu', kernelInitializer: initializer(2) }),
      tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: initializer(3) }),
    ],
  })
  model.compile({ optimizer: tf.train.adam(learningRate), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  return model
}
