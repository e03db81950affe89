import { bestMetricOf } from './best-metric.ts'
import { type PlateauState, startPlateau, stepPlateau } from './reduce-on-plateau.ts'
import { learningRateAt } from './schedules.ts'
import type { TrainerCallback } from './trainer-callback.ts'
import type { ParsedArguments } from './training-arguments.ts'
import type { TrainingPlan } from './training-plan.ts'

/** The learning rate of one training. */
export interface LearningRate {
  /** For the update after so many updates. */
  at(step: number, plan: TrainingPlan): number
  /** What watches the training, where the learning rate depends on it. */
  readonly callback: TrainerCallback | undefined
}

export function createLearningRate(args: ParsedArguments): LearningRate {
  const { lrSchedulerType: type, lrSchedulerKwargs: settings, learningRate } = args
  if (type === 'reduce_lr_on_plateau') return createPlateau(args)
  return {
    at: (step, { warmupSteps, maxSteps: trainingSteps }) =>
      learningRateAt(step, { type, learningRate, warmupSteps, trainingSteps, settings }),
    callback: undefined,
  }
}

function createPlateau({ learningRate, lrSchedulerKwargs, greaterIsBetter }: ParsedArguments): LearningRate {
  const settings = { mode: greaterIsBetter === true ? ('max' as const) : ('min' as const), ...lrSchedulerKwargs }
  let plateau = startPlateau(learningRate)
  // An evaluation before the first update, or after the last one, says nothing about the learning rate.
  let hasUpdated = false
  return {
    at: () => plateau.learningRate,
    callback: {
      name: 'reduceLrOnPlateau',
      onTrainBegin({ state }) {
        if (state.globalStep === 0) plateau = startPlateau(learningRate)
        hasUpdated = false
      },
      onStepEnd() {
        hasUpdated = true
      },
      onEvaluate({ args, metrics }) {
        const value = bestMetricOf(args, metrics)
        if (value !== undefined && hasUpdated) plateau = stepPlateau(plateau, value, settings)
      },
      onTrainEnd() {
        hasUpdated = false
      },
      saveState: () => plateau,
      loadState(state) {
        // Our own file: it holds what saveState gave.
        if (typeof state === 'object' && state !== null) plateau = state as PlateauState
      },
    },
  }
}
