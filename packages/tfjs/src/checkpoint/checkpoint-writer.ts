import { Artifact, type ArtifactVersion } from '@lossline/core'
import { messageOf } from '@lossline/core/adapter'
import type { ReportProblem } from '../problems.ts'
import type { RunLike } from '../run-like.ts'
import type { ModelArtifactsLike } from '../tensorflow-like.ts'
import { type CheckpointState, stateFileName, toStateText } from './checkpoint-state.ts'
import { modelFileName, toModelFiles, weightsFileName } from './to-model-files.ts'

/** A checkpoint that is to be logged. */
export interface Checkpoint {
  readonly name: string
  readonly artifacts: ModelArtifactsLike
  readonly state: CheckpointState
  readonly aliases: readonly string[]
  readonly metadata: Readonly<Record<string, unknown>>
}

/**
 * Logs a checkpoint as a version of an artifact of the type `model`. The files are written at once; nothing is waited
 * for, since the run uploads its artifacts beside the training.
 *
 * @returns `undefined` when the run takes no artifacts.
 * @throws {@link LosslineError} when the run has finished.
 */
export function writeCheckpoint(
  run: RunLike,
  checkpoint: Checkpoint,
  report: ReportProblem,
): ArtifactVersion | undefined {
  if (run.logArtifact === undefined) return undefined
  const { modelJson, weights } = toModelFiles(checkpoint.artifacts)
  const draft = new Artifact(checkpoint.name, 'model', {
    description: 'Checkpoint of a TensorFlow.js model: tf.loadLayersModel reads model.json.',
    metadata: checkpoint.metadata,
  })
  const adding = [
    draft.addBuffer(modelJson, modelFileName),
    draft.addBuffer(weights, weightsFileName),
    draft.addBuffer(toStateText(checkpoint.state), stateFileName),
  ]
  Promise.all(adding).catch((cause: unknown) =>
    report({
      code: 'tfjs-checkpoint-failed',
      message: `A checkpoint could not be written: ${messageOf(cause)}`,
      hint: 'Training goes on; later checkpoints are tried again.',
      cause,
    }),
  )
  return run.logArtifact(draft, { aliases: checkpoint.aliases })
}

/** W&B's Keras callback calls it so. */
export function defaultCheckpointName({ id }: RunLike, prefix: string): string {
  // Names hold letters, digits, `_`, `-` and `.`.
  return `run_${id ?? 'unknown'}_${prefix.replace(/[^A-Za-z0-9.-]+/g, '_')}model`
}
