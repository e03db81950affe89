import type { TrainerCallback } from './trainer-callback.ts'

/** Asks for logs, evaluations and checkpoints when the arguments say so: Hugging Face's `DefaultFlowCallback`. */
export function createDefaultFlow(): TrainerCallback {
  return {
    onStepEnd({ args, state, control }) {
      const { globalStep } = state
      const isDue = (strategy: string, steps: number) => strategy === 'steps' && globalStep % steps === 0
      if (globalStep === 1 && args.loggingFirstStep) control.shouldLog = true
      if (isDue(args.loggingStrategy, state.loggingSteps)) control.shouldLog = true
      if (isDue(args.evalStrategy, state.evalSteps) && args.evalDelay <= globalStep) control.shouldEvaluate = true
      if (isDue(args.saveStrategy, state.saveSteps)) control.shouldSave = true
      if (globalStep < state.maxSteps) return
      control.shouldTrainingStop = true
      // The model at the end is worth a checkpoint, whenever the last one was.
      if (args.saveStrategy === 'steps') control.shouldSave = true
    },
    onEpochEnd({ args, state, control }) {
      if (args.loggingStrategy === 'epoch') control.shouldLog = true
      if (args.evalStrategy === 'epoch' && args.evalDelay <= state.epoch) control.shouldEvaluate = true
      if (args.saveStrategy === 'epoch') control.shouldSave = true
    },
  }
}
