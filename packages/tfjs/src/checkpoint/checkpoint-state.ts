import { TfjsCheckpointError } from '../errors.ts'
import type { BestValue } from './checkpoint-policy.ts'

/** Where a training was when a checkpoint was saved: what it takes to go on. */
export interface CheckpointState {
  /** `initialEpoch` for the `fit` that goes on: the first epoch that has not been trained to its end. */
  readonly initialEpoch: number
  /** Batches that had been trained: `initialGlobalStep` for the callbacks of the `fit` that goes on. */
  readonly globalStep: number
  /** The metric that decides which checkpoint is the best, if an epoch had ended. */
  readonly monitor?: string
  /** The best value of that metric so far. */
  readonly best?: BestValue
}

/** File of an artifact that holds the state. */
export const stateFileName = 'training-state.json'

/**
 * The state as the text of a file. The same state gives the same text, so that the same checkpoint is one version. A best value
 * that is infinite is none to compare with, and becomes `null`, which is read as such.
 */
export function toStateText({ initialEpoch, globalStep, monitor, best }: CheckpointState): string {
  return JSON.stringify({ version: 1, initialEpoch, globalStep, monitor, best })
}

/**
 * Reads the state of a checkpoint. Members of later versions are left alone.
 *
 * @throws {@link TfjsCheckpointError} when the text is none.
 */
export function parseStateText(text: string): CheckpointState {
  const parsed = parseObject(text)
  const { initialEpoch, globalStep, monitor, best } = parsed
  if (!isCount(initialEpoch) || !isCount(globalStep)) throw notAState()
  return {
    initialEpoch,
    globalStep,
    ...(typeof monitor === 'string' ? { monitor } : {}),
    ...(isBest(best) ? { best: { epoch: best.epoch, value: best.value } } : {}),
  }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch (cause) {
    throw notAState(cause)
  }
  throw notAState()
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isBest(value: unknown): value is BestValue {
  if (typeof value !== 'object' || value === null) return false
  const { epoch, value: number }: { epoch?: unknown; value?: unknown } = value
  return isCount(epoch) && typeof number === 'number'
}

function notAState(cause?: unknown): TfjsCheckpointError {
  return new TfjsCheckpointError({
    message: `The file ${stateFileName} of the checkpoint cannot be read.`,
    hint: 'Download the checkpoint again; a model without that file is loaded with checkpointHandler alone.',
    cause,
  })
}
