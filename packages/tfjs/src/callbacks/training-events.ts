import { readLogs } from '../logs/read-logs.ts'
import type { ReportProblem } from '../problems.ts'
import type { TrainingLogs } from '../tensorflow-like.ts'
import type { ReadValues, TrainingContext, TrainingObserver } from './training-observer.ts'

/** Hands events to observers. Nothing in it throws: an error would end the training. */
export interface TrainingEvents {
  /** Whether some observer looks at batches. */
  readonly hasBatchObserver: boolean
  trainBegin(context: TrainingContext): Promise<void>
  epochEnd(epoch: number, logs: TrainingLogs | undefined): Promise<void>
  batchEnd(logs: TrainingLogs | undefined): Promise<void>
}

export function createTrainingEvents(observers: readonly TrainingObserver[], report: ReportProblem): TrainingEvents {
  const each = async (notify: (observer: TrainingObserver) => void | Promise<void>): Promise<void> => {
    for (const observer of observers) {
      try {
        await notify(observer)
      } catch (cause) {
        report(toProblem(cause))
      }
    }
  }
  return {
    hasBatchObserver: observers.some((observer) => observer.onBatchEnd !== undefined),
    trainBegin: (context) => each((observer) => observer.onTrainBegin?.(context)),
    epochEnd(epoch, logs) {
      const readValues = readOnce(logs, report)
      return each((observer) => observer.onEpochEnd?.(epoch, readValues))
    },
    batchEnd(logs) {
      const readValues = readOnce(logs, report)
      return each((observer) => observer.onBatchEnd?.(readValues))
    },
  }
}

function readOnce(logs: TrainingLogs = {}, report: ReportProblem): ReadValues {
  let values: ReturnType<ReadValues> | undefined
  return () => {
    values ??= readLogs(logs, report)
    return values
  }
}

function toProblem(cause: unknown) {
  const message = cause instanceof Error ? cause.message : String(cause)
  return {
    code: 'tfjs-callback-failed' as const,
    message: `Logging of the training failed: ${message}`,
    hint: 'Training goes on; what was logged before is kept.',
    cause,
  }
}
