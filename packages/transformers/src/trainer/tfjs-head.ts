import { createSeededRandom } from '@lossline/evaluation'
import type { LayersModelHandle, OptimizerHandle, TensorFlow, TensorHandle } from './tensorflow-like.ts'
import type { ParsedArguments } from './training-arguments.ts'

/** What a head is made of. */
export interface HeadConfig {
  /** Names of the classes. */
  readonly labels: readonly string[]
  /** Length of an embedding. */
  readonly inputSize: number
  /** Units of the layers between the embedding and the classes. Default: none. */
  readonly hiddenSizes: readonly number[]
  /** Share of the last layer's inputs that is left out while training. */
  readonly dropout: number
}

/** Embeddings row by row, with the number of each one's class. */
export interface Batch {
  readonly vectors: Float32Array
  readonly classIds: Int32Array
}

/** A head that is trained: dense layers on embeddings, with AdamW. */
export interface TfjsHead {
  readonly model: LayersModelHandle
  readonly optimizer: OptimizerHandle
  /**
   * Adds the gradients of a batch.
   *
   * @param share - What this batch counts among those of the update.
   * @param dropoutSeed - The same seed leaves out the same inputs.
   * @returns the mean loss of the batch.
   */
  accumulate(batch: Batch, share: number, dropoutSeed: number): Promise<number>
  /** Cuts the gradients to a length, if it is above 0. @returns their length before. */
  clipGradients(maxNorm: number): Promise<number>
  /** Changes the weights with the gradients. */
  update(learningRate: number, weightDecay: number): void
  forgetGradients(): void
  /** Logits of the classes, row by row. */
  predict(vectors: Float32Array): Promise<Float32Array>
  /** Releases the optimizer and the gradients; the model stays. */
  dispose(): void
}

/** Makes a model for {@link createTfjsHead}: the classes' logits come out of it. */
export function createHeadModel(tf: TensorFlow, config: HeadConfig, seed: number): LayersModelHandle {
  const sizes = [...config.hiddenSizes, config.labels.length]
  const layers = sizes.map((units, index) => {
    const kernelInitializer = tf.initializers.glorotUniform({ seed: seed + index }) as never
    const isLast = index === sizes.length - 1
    return tf.layers.dense({
      units,
      kernelInitializer,
      name: isLast ? 'classifier' : `hidden_${index + 1}`,
      ...(index === 0 ? { inputShape: [config.inputSize] } : {}),
      ...(isLast ? {} : { activation: 'relu' }),
    })
  })
  // The structural types do not name layers; tfjs takes back what it has made.
  return tf.sequential({ layers: layers as never[], name: 'head' }) as LayersModelHandle
}

/** Makes a model trainable. */
export function createTfjsHead(
  tf: TensorFlow,
  model: LayersModelHandle,
  config: HeadConfig,
  args: ParsedArguments,
): TfjsHead {
  const { learningRate, adamBeta1, adamBeta2, adamEpsilon, labelSmoothingFactor } = args
  const optimizer = tf.train.adam(learningRate, adamBeta1, adamBeta2, adamEpsilon) as OptimizerHandle
  let gradients: Record<string, TensorHandle> = {}

  const forgetGradients = (): void => {
    for (const gradient of Object.values(gradients)) gradient.dispose()
    gradients = {}
  }
  const replaceGradients = (change: (gradient: TensorHandle, name: string) => TensorHandle): void => {
    const changed = Object.entries(gradients).map(([name, gradient]) => [name, change(gradient, name)] as const)
    forgetGradients()
    gradients = Object.fromEntries(changed)
  }
  const toInput = (vectors: Float32Array): TensorHandle =>
    tf.tensor(vectors, [vectors.length / config.inputSize, config.inputSize])

  const lossOf = ({ vectors, classIds }: Batch, dropoutSeed: number): TensorHandle => {
    let values = toInput(vectors)
    for (const [index, layer] of model.layers.entries()) {
      const isLast = index === model.layers.length - 1
      if (isLast && config.dropout > 0) values = dropOut(tf, values, config.dropout, dropoutSeed)
      values = layer.apply(values) as TensorHandle
    }
    const labels = tf.oneHot(tf.tensor1d(classIds, 'int32'), config.labels.length)
    return tf.losses.softmaxCrossEntropy(labels, values, undefined, labelSmoothingFactor)
  }

  return {
    model,
    optimizer,
    forgetGradients,
    async accumulate(batch, share, dropoutSeed) {
      const variables = model.trainableWeights.map((weight) => weight.read())
      const { value, grads } = tf.tidy(() =>
        tf.variableGrads(() => lossOf(batch, dropoutSeed) as never, variables as never[]),
      )
      const before = gradients
      gradients = Object.fromEntries(
        Object.entries(grads).map(([name, gradient]) => {
          const earlier = before[name]
          const sum = tf.tidy(() => {
            const part = tf.mul(gradient, share)
            return earlier === undefined ? part : tf.add(earlier, part)
          })
          gradient.dispose()
          earlier?.dispose()
          return [name, sum]
        }),
      )
      return readScalar(value)
    },
    async clipGradients(maxNorm) {
      const norm = await readScalar(
        tf.tidy(() =>
          tf.sqrt(
            Object.values(gradients)
              .map((gradient) => tf.sum(tf.square(gradient)))
              .reduce(tf.add),
          ),
        ),
      )
      // As torch's clip_grad_norm_ does it.
      const factor = maxNorm / (norm + 1e-6)
      if (maxNorm > 0 && factor < 1) replaceGradients((gradient) => tf.mul(gradient, factor))
      return norm
    },
    update(learningRateNow, weightDecay) {
      if (weightDecay > 0) decayWeights(tf, model, 1 - learningRateNow * weightDecay)
      // Optimizers of tfjs read this property with each update; they have no method to set it.
      Reflect.set(optimizer, 'learningRate', learningRateNow)
      optimizer.applyGradients(gradients)
    },
    async predict(vectors) {
      const logits = tf.tidy(() => model.predict(toInput(vectors)) as TensorHandle)
      const values = Float32Array.from(await logits.data())
      logits.dispose()
      return values
    },
    dispose() {
      forgetGradients()
      optimizer.dispose()
    },
  }
}

/** AdamW decays weights apart from the gradients, and biases not at all. */
function decayWeights(tf: TensorFlow, model: LayersModelHandle, factor: number): void {
  tf.tidy(() => {
    const weights = model.trainableWeights.map((weight) => {
      const isBias = weight.originalName.includes('bias')
      return isBias ? weight.read() : tf.mul(weight.read(), factor)
    })
    model.setWeights(weights)
  })
}

/**
 * Leaves out a share of the values, and makes the others larger to make up for it. tfjs' own dropout leaves out the same
 * values in every step when it has a seed, and others in every program when it has none.
 */
function dropOut(tf: TensorFlow, values: TensorHandle, share: number, seed: number): TensorHandle {
  const random = createSeededRandom(seed)
  const count = values.shape.reduce((product, length) => product * length, 1)
  const mask = Float32Array.from({ length: count }, () => (random() < share ? 0 : 1 / (1 - share)))
  return tf.mul(values, tf.tensor(mask, [...values.shape]))
}

async function readScalar(tensor: TensorHandle): Promise<number> {
  const [value = Number.NaN] = Array.from(await tensor.data())
  tensor.dispose()
  return value
}
