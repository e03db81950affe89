// Which runs the sample has: 60, over nine days, as somebody works who looks for a good model.
import { createRandom, round } from './random.mjs'
import { defaults } from './training.mjs'

export const project = 'sample'
export const sweepName = 'd1g1tswp'

const hourMs = 3_600_000
/** Before the sample's time ends: nothing of it is going on when it is loaded. */
const lastMs = 0.4 * hourMs

/**
 * @typedef {object} PlannedRun
 * @property {string} id - Eight characters of `a-z0-9`.
 * @property {string} name
 * @property {'prepare' | 'train' | 'evaluate'} jobType
 * @property {number} hoursBefore - The end of the sample's time.
 * @property {object} [config] - Of a training, as `defaults`.
 * @property {string} [end] - How it ends, if not well: `failed`, `crashed` or `killed`.
 * @property {number} [epochs] - After which it ends so, or is stopped as one of a sweep that does not get far.
 */

/** @returns {readonly PlannedRun[]} in the order in which they began. */
export function planRuns() {
  const runs = [...planPreparation(), ...planBaseline(), ...planAugmentation(), ...planSweep(), ...planFinal()]
  return runs.map((run, index) => ({
    ...run,
    index,
    id: `smp${index.toString(36).padStart(2, '0')}${run.jobType.slice(0, 3)}`,
  }))
}

function planPreparation() {
  return [
    { name: 'prepare raw digits', jobType: 'prepare', hoursBefore: 210, data: 'raw', tags: ['data'] },
    {
      name: 'prepare cleaned digits',
      jobType: 'prepare',
      hoursBefore: 186,
      data: 'clean',
      tags: ['data'],
      notes: 'Without the 37 examples that two people read differently.',
    },
  ]
}

function planBaseline() {
  return [1, 2, 3, 4, 5, 6].map((seed) => ({
    name: `baseline seed ${seed}`,
    jobType: 'train',
    group: 'baseline',
    tags: seed === 1 ? ['baseline', 'reference'] : ['baseline'],
    hoursBefore: 184 - 2 * seed,
    config: { ...defaults, seed },
    data: 'raw',
    ...(seed === 1 ? { notes: 'What everything else is compared with. See *Augmentation* for what helped.' } : {}),
    ...(seed === 4 ? { end: 'crashed', epochs: 7 } : {}),
  }))
}

function planAugmentation() {
  return ['shift', 'shift + rotate', 'mixup'].flatMap((augmentation, kind) =>
    [1, 2, 3, 4].map((seed) => ({
      name: `${augmentation} seed ${seed}`,
      jobType: 'train',
      group: 'augmentation',
      tags: ['augmentation'],
      hoursBefore: 150 - 11 * kind - 2 * seed,
      config: { ...defaults, augmentation, seed },
      data: 'clean',
      ...(augmentation === 'mixup' && seed === 3 ? { end: 'killed', epochs: 4 } : {}),
    })),
  )
}

function planSweep() {
  const random = createRandom(404)
  const pick = (list) => list[Math.floor(random() * list.length)]
  return Array.from({ length: 32 }, (_, number) => {
    const optimizer = pick(['adam', 'adam', 'sgd', 'rmsprop'])
    // As the search learns, it stays nearer to what went well.
    const spread = number < 10 ? 1.6 : 0.8
    const middle = { adam: -2.7, sgd: -1.4, rmsprop: -3 }[optimizer]
    const config = {
      ...defaults,
      optimizer,
      learning_rate: round(10 ** Math.min(-0.3, Math.max(-4.6, middle + spread * (2 * random() - 1))), 3),
      batch_size: pick([16, 32, 64, 128, 256]),
      dropout: round(0.5 * random(), 2),
      epochs: 10,
      augmentation: 'shift + rotate',
      model: { kind: 'cnn', layers: pick([2, 3, 3, 4]), width: pick([16, 32, 64]) },
    }
    return {
      name: `sweep ${number + 1}`,
      jobType: 'train',
      group: 'search',
      tags: ['sweep'],
      sweep: true,
      hoursBefore: 96 - 2.2 * number,
      config,
      data: 'clean',
      ...(number === 13 ? { end: 'crashed', epochs: 3 } : {}),
    }
  })
}

function planFinal() {
  const trained = ['small', 'medium', 'large', 'large, longer'].map((size, number) => ({
    name: `final ${size}`,
    jobType: 'train',
    group: 'final',
    tags: number === 2 ? ['final', 'best'] : ['final'],
    hoursBefore: 14 - 3 * number,
    config: {
      ...defaults,
      learning_rate: 0.0018,
      dropout: 0.22,
      batch_size: 32,
      epochs: number === 3 ? 18 : 12,
      augmentation: 'shift + rotate',
      model: { kind: 'cnn', layers: [2, 3, 3, 3][number], width: [16, 32, 64, 64][number] },
      seed: 11 + number,
    },
    data: 'clean',
    model: ['small', 'medium', 'large', 'large'][number],
    ...(number === 2 ? { notes: 'The one to ship: as good as the longer one in two thirds of the time.' } : {}),
  }))
  const evaluated = ['small', 'medium', 'large', 'large, longer'].map((size, number) => ({
    name: `evaluate ${size}`,
    jobType: 'evaluate',
    group: 'final',
    tags: ['evaluation'],
    hoursBefore: 2.2 - 0.6 * number + lastMs / hourMs,
    of: number,
  }))
  return [...trained, ...evaluated]
}
