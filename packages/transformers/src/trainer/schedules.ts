/** How a learning rate goes on: names of Hugging Face's `SchedulerType`. */
export type ScheduleType =
  | 'linear'
  | 'cosine'
  | 'cosine_with_restarts'
  | 'cosine_with_min_lr'
  | 'polynomial'
  | 'constant'
  | 'constant_with_warmup'
  | 'inverse_sqrt'

/** All of them. */
export const scheduleTypes: readonly ScheduleType[] = [
  'linear',
  'cosine',
  'cosine_with_restarts',
  'cosine_with_min_lr',
  'polynomial',
  'constant',
  'constant_with_warmup',
  'inverse_sqrt',
]

/** Settings of single schedules, with the names of Hugging Face's in camelCase. */
export interface ScheduleSettings {
  /** `cosine`: waves, default 0.5; `cosine_with_restarts`: restarts, default 1. */
  readonly numCycles?: number
  /** `polynomial`: default 1. */
  readonly power?: number
  /** `polynomial`: learning rate at the end, default 1e-7. */
  readonly lrEnd?: number
  /** `cosine_with_min_lr`: lowest learning rate as a share of the highest. Default 0. */
  readonly minLrRate?: number
  /** `inverse_sqrt`: default the warm-up, or 10,000 without one. */
  readonly timescale?: number
}

/** What a schedule is made of. */
export interface ScheduleOptions {
  readonly type: ScheduleType
  readonly learningRate: number
  /** Updates in which the learning rate rises from 0. */
  readonly warmupSteps: number
  /** Updates of the whole training. */
  readonly trainingSteps: number
  readonly settings?: ScheduleSettings
}

/** The learning rate for the update after so many updates. Formulas of `transformers/optimization.py`. */
export function learningRateAt(step: number, options: ScheduleOptions): number {
  return options.learningRate * factorAt(step, options)
}

/** Updates of the warm-up: the number comes before the ratio, and a number below 1 is a ratio. */
export function countWarmupSteps(warmupSteps: number, warmupRatio: number, trainingSteps: number): number {
  if (warmupSteps >= 1) return Math.floor(warmupSteps)
  return Math.ceil(trainingSteps * (warmupSteps > 0 ? warmupSteps : warmupRatio))
}

function factorAt(step: number, options: ScheduleOptions): number {
  const { type, warmupSteps, trainingSteps, settings = {} } = options
  if (type === 'constant') return 1
  if (step < warmupSteps) return step / Math.max(1, warmupSteps)
  const progress = (step - warmupSteps) / Math.max(1, trainingSteps - warmupSteps)
  switch (type) {
    case 'constant_with_warmup':
      return 1
    case 'linear':
      return Math.max(0, (trainingSteps - step) / Math.max(1, trainingSteps - warmupSteps))
    case 'cosine':
      return cosine(progress, settings.numCycles ?? 0.5)
    case 'cosine_with_min_lr': {
      const least = settings.minLrRate ?? 0
      return Math.max(0, cosine(progress, settings.numCycles ?? 0.5) * (1 - least) + least)
    }
    case 'cosine_with_restarts':
      return progress >= 1
        ? 0
        : Math.max(0, 0.5 * (1 + Math.cos(Math.PI * (((settings.numCycles ?? 1) * progress) % 1))))
    case 'polynomial':
      return polynomial(step, options)
    case 'inverse_sqrt': {
      const timescale = settings.timescale ?? (warmupSteps || 10_000)
      return 1 / Math.sqrt((step + timescale - warmupSteps) / timescale)
    }
    default:
      return assertNever(type)
  }
}

function cosine(progress: number, cycles: number): number {
  return Math.max(0, 0.5 * (1 + Math.cos(Math.PI * cycles * 2 * progress)))
}

function polynomial(
  step: number,
  { learningRate, warmupSteps, trainingSteps, settings = {} }: ScheduleOptions,
): number {
  const { lrEnd = 1e-7, power = 1 } = settings
  if (learningRate === 0) return 0
  if (step > trainingSteps) return lrEnd / learningRate
  const remaining = 1 - (step - warmupSteps) / Math.max(1, trainingSteps - warmupSteps)
  return ((learningRate - lrEnd) * remaining ** power + lrEnd) / learningRate
}

function assertNever(type: never): never {
  throw new Error(`There is no schedule ${String(type)}.`)
}
