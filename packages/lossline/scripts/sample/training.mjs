// Curves as the training of a small network on digits draws them, decided by its settings and a seed.
import { around0, createRandom, round } from './random.mjs'

export const rowsPerEpoch = 16

/** What a run starts from unless it says otherwise. */
export const defaults = {
  optimizer: 'adam',
  learning_rate: 0.002,
  batch_size: 64,
  epochs: 12,
  dropout: 0.25,
  seed: 1,
  model: { kind: 'cnn', layers: 3, width: 32 },
  augmentation: 'none',
}

/** The learning rate at which each optimizer does best, as a power of ten. */
const bestRate = { adam: -2.7, sgd: -1.3, rmsprop: -3.1 }
/** How much longer it takes to get anywhere. */
const augmentationPace = { none: 1, shift: 1.2, 'shift + rotate': 1.4, mixup: 1.7 }
const optimizerPace = { adam: 1, sgd: 1.8, rmsprop: 1.15 }
const augmentationGain = { none: 0, shift: 0.008, 'shift + rotate': 0.013, mixup: 0.004 }

/** How good a model gets with these settings: 0…1, the accuracy on what it has not seen. */
export function finalAccuracy(config) {
  const distance = Math.log10(config.learning_rate) - bestRate[config.optimizer]
  const optimizerLoss = { adam: 0, sgd: 0.012, rmsprop: 0.006 }[config.optimizer]
  const loss =
    0.022 +
    0.06 * distance ** 2 +
    optimizerLoss +
    0.25 * (config.dropout - 0.25) ** 2 +
    0.004 * Math.abs(Math.log2(config.batch_size / 64)) +
    0.012 * Math.abs(config.model.layers - 3) -
    augmentationGain[config.augmentation]
  return Math.max(0.3, 1 - Math.max(0.008, loss))
}

/** Whether the steps are so large that the loss runs away. */
export function diverges(config) {
  return Math.log10(config.learning_rate) - bestRate[config.optimizer] > 1.25
}

/**
 * Rows of a training, one after the other.
 *
 * @param config - As `defaults`.
 * @param noise - Decides what chance does.
 * @yields {{ row: object, epoch: number, isEpochEnd: boolean }} with `val/` values where an epoch ends.
 */
export function* train(config, noise) {
  const random = createRandom(7919 * noise + config.seed)
  const accuracy = finalAccuracy(config) + 0.003 * around0(random)
  const count = config.epochs * rowsPerEpoch
  const distance = Math.log10(config.learning_rate) - bestRate[config.optimizer]
  // Small steps take longer, large ones shake.
  const pace =
    (count / 9) *
    Math.min(3, 10 ** (-0.45 * Math.min(0, distance))) *
    (config.batch_size / 64) ** 0.25 *
    (32 / config.model.width) ** 0.25 *
    augmentationPace[config.augmentation] *
    optimizerPace[config.optimizer]
  const shake = 0.03 + 0.05 * Math.max(0, distance) + 0.6 / config.batch_size
  const runsAwayAt = diverges(config) ? Math.floor(count * (0.15 + 0.2 * random())) : Number.POSITIVE_INFINITY
  const floor = 3.2 * (1 - accuracy) * augmentationPace[config.augmentation] ** 2
  for (let index = 0; index < count; index++) {
    const epoch = Math.floor(index / rowsPerEpoch) + 1
    const isEpochEnd = (index + 1) % rowsPerEpoch === 0
    const isGone = index > runsAwayAt
    const progress = Math.exp(-index / pace)
    const jitter = () => shake * around0(random)
    const base = isGone ? 2.3 * 1.35 ** (index - runsAwayAt) : floor * 0.8 + (2.3 - floor) * progress
    const trainLoss = Math.max(0.004, base * (1 + jitter()))
    const learned = 1 - (1 - accuracy * 1.005) - 0.9 * progress
    const lr = config.learning_rate * 0.5 * (1 + Math.cos((Math.PI * index) / count))
    const row = {
      'train/loss': round(base > 1e6 ? Number.NaN : trainLoss),
      'train/accuracy': round(isGone ? 0.1 : Math.min(0.999, Math.max(0.08, learned + 0.25 * jitter()))),
      'train/grad_norm': round(Math.abs(base * (2 + 6 * Math.abs(jitter())))),
      'train/samples_per_second': round(5200 + 12 * config.batch_size + 220 * around0(random), 5),
      'train/lr': round(lr),
    }
    if (isEpochEnd) {
      const overfit = 0.15 * Math.max(0, 0.25 - config.dropout) * (epoch / config.epochs) ** 2
      row.epoch = epoch
      row['val/loss'] = round(base > 1e6 ? Number.NaN : base * (1.08 + 0.4 * jitter()) + overfit)
      row['val/accuracy'] = round(
        isGone ? 0.1 : Math.max(0.08, accuracy - 0.85 * progress - overfit / 4 + 0.03 * jitter()),
      )
    }
    yield { row, epoch, isEpochEnd }
    if (base > 1e6) return
  }
}
