import { MissingPackageError, TransformersOptionError } from '../errors.ts'
import type { TensorFlow, TensorFlowLike } from './tensorflow-like.ts'

/**
 * The given module of TensorFlow.js, or the one that is installed.
 *
 * @throws TransformersOptionError for something else; MissingPackageError when none is installed.
 */
export async function loadTensorFlow(given: TensorFlowLike | undefined, call: string): Promise<TensorFlow> {
  const tf: TensorFlowLike = given ?? (await importTensorFlow(call))
  if (typeof tf.variableGrads === 'function' && typeof tf.loadLayersModel === 'function') {
    // The functions are there; what they take and give is TensorFlow.js' own.
    return tf as unknown as TensorFlow
  }
  throw new TransformersOptionError(
    'The option tf is not the module of TensorFlow.js.',
    "Pass what import * as tf from '@tensorflow/tfjs' gives.",
  )
}

async function importTensorFlow(call: string): Promise<TensorFlowLike> {
  try {
    return await import('@tensorflow/tfjs')
  } catch (cause) {
    throw new MissingPackageError('@tensorflow/tfjs', call, cause)
  }
}
