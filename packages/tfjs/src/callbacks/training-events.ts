import { LosslineError } from '@lossline/core'
import { createLogReader } from '../logs/create-log-reader.ts'
import { type ReportProblem, toFailure } from '../problems.ts'
import type { ModelLike, TrainingLogs } from '../tensorflow-like.ts'
import type { TrainingContext, TrainingObserver, TrainingPosition } from './training-observer.ts'

/**
 * Hands events to observers. Nothing in it throws: an error would end the training. A run that an agent of a sweep stops is meant to
 * end it: the model is told, and where no model is known, the error passes.
 */
export interface TrainingEvents {
  /** Whether some observer looks at the values of batches. */
  readonly hasBatchObserver: boolean
  trainBegin(context: TrainingContext): Promise<void>
  epochBegin(epoch: number): Promise<void>
  batchBegin(logs: TrainingLogs | undefined): Promise<void>
  batchEnd(logs: TrainingLogs | undefined): Promise<void>
  epochEnd(epoch: number, logs: TrainingLogs | undefined): Promise<void>
  trainEnd(): Promise<void>
  trainError(): Promise<void>
}

export interface TrainingEventsOptions {
  readonly observers: readonly TrainingObserver[]
  readonly report: ReportProblem
  /** Number of the first batch. */
  readonly initialGlobalStep: number
}

export function createTrainingEvents({ observers, report, initialGlobalStep }: TrainingEventsOptions): TrainingEvents {
  // Counted here: neither the batch index, which starts anew with every epoch, nor the optimizer's count will do.
  let begunCount = initialGlobalStep
  let epoch = 0
  let model: ModelLike | undefined
  const reader = createLogReader(report)
  const between = (): TrainingPosition => ({ epoch, globalStep: begunCount })
  const withinBatch = (): TrainingPosition => ({ epoch, globalStep: Math.max(0, begunCount - 1) })

  // The observers of one kind of event, so that what nobody looks at costs nothing.
  const listenersOf = (name: keyof TrainingObserver): readonly TrainingObserver[] =>
    observers.filter((observer) => observer[name] !== undefined)
  const each = async (
    listeners: readonly TrainingObserver[],
    notify: (observer: TrainingObserver) => void | Promise<void>,
  ): Promise<void> => {
    for (const observer of listeners) {
      try {
        await notify(observer)
      } catch (cause) {
        if (LosslineError.isInstance(cause) && cause.code === 'run-stopped') {
          if (model === undefined) throw cause
          model.stopTraining = true
          continue
        }
        report(toFailure('Logging of the training', cause))
      }
    }
  }
  const [trainBegin, epochBegin, batchBegin, batchEnd, epochEnd, trainEnd] = [
    listenersOf('onTrainBegin'),
    listenersOf('onEpochBegin'),
    listenersOf('onBatchBegin'),
    listenersOf('onBatchEnd'),
    listenersOf('onEpochEnd'),
    listenersOf('onTrainEnd'),
  ]
  return {
    hasBatchObserver: batchEnd.length > 0,
    trainBegin(context) {
      model = context.model
      reader.trainBegin(context)
      return each(trainBegin, (observer) => observer.onTrainBegin?.(context, between()))
    },
    epochBegin(index) {
      epoch = index
      return each(epochBegin, (observer) => observer.onEpochBegin?.(between()))
    },
    batchBegin(logs) {
      begunCount += 1
      const size = typeof logs?.size === 'number' ? logs.size : undefined
      return each(batchBegin, (observer) => observer.onBatchBegin?.(withinBatch(), size))
    },
    batchEnd(logs) {
      const readValues = reader.batch(logs)
      return each(batchEnd, (observer) => observer.onBatchEnd?.(readValues, withinBatch()))
    },
    epochEnd(index, logs) {
      epoch = index
      const readValues = reader.epoch(logs)
      return each(epochEnd, (observer) => observer.onEpochEnd?.(readValues, between()))
    },
    trainError: () => each(listenersOf('onTrainError'), (observer) => observer.onTrainError?.()),
    trainEnd: () => each(trainEnd, (observer) => observer.onTrainEnd?.(between())),
  }
}
