/** Settings of the schedule `reduce_lr_on_plateau`: those of PyTorch's `ReduceLROnPlateau` in camelCase, with its defaults. */
export interface PlateauSettings {
  /** Whether lower or higher is better. Default: as `greaterIsBetter` says. PyTorch's default is always `min`. */
  readonly mode?: 'min' | 'max'
  /** What the learning rate is multiplied by. Default 0.1. */
  readonly factor?: number
  /** Evaluations without a better value that are let pass. Default 10. */
  readonly patience?: number
  /** How much better is better. Default 1e-4. */
  readonly threshold?: number
  /** Whether the threshold is a share of the best value or a difference. Default `rel`. */
  readonly thresholdMode?: 'rel' | 'abs'
  /** Evaluations after a reduction that do not count. Default 0. */
  readonly cooldown?: number
  /** Lowest learning rate. Default 0. */
  readonly minLr?: number
  /** A smaller reduction is none. Default 1e-8. */
  readonly eps?: number
}

/** What has to be kept over a resume. */
export interface PlateauState {
  readonly learningRate: number
  readonly best: number | null
  readonly badCount: number
  readonly cooldownLeft: number
}

/** How a training begins. */
export function startPlateau(learningRate: number): PlateauState {
  return { learningRate, best: null, badCount: 0, cooldownLeft: 0 }
}

/** The state after an evaluation: `ReduceLROnPlateau.step` of PyTorch (torch/optim/lr_scheduler.py). */
export function stepPlateau(state: PlateauState, value: number, settings: PlateauSettings): PlateauState {
  const { factor = 0.1, patience = 10, cooldown = 0, minLr = 0, eps = 1e-8 } = settings
  const isBetter = isBetterThan(value, state.best, settings)
  const best = isBetter ? value : state.best
  const isCoolingDown = state.cooldownLeft > 0
  const badCount = isBetter || isCoolingDown ? 0 : state.badCount + 1
  const cooldownLeft = isCoolingDown ? state.cooldownLeft - 1 : 0
  if (badCount <= patience) return { ...state, best, badCount, cooldownLeft }
  const reduced = Math.max(state.learningRate * factor, minLr)
  const learningRate = state.learningRate - reduced > eps ? reduced : state.learningRate
  return { learningRate, best, badCount: 0, cooldownLeft: cooldown }
}

function isBetterThan(
  value: number,
  best: number | null,
  { mode = 'min', threshold = 1e-4, thresholdMode = 'rel' }: PlateauSettings,
): boolean {
  if (best === null) return !Number.isNaN(value)
  const sign = mode === 'min' ? -1 : 1
  const bar = thresholdMode === 'rel' ? best * (1 + sign * threshold) : best + sign * threshold
  return sign * (value - bar) > 0
}
