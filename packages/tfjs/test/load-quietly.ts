import type * as TensorFlow from '@tensorflow/tfjs'

/** Loads TensorFlow.js without its advice to use tfjs-node, which comes with the first operation. */
export function loadQuietly(load: () => typeof TensorFlow): typeof TensorFlow {
  const { log, warn } = console
  console.log = () => {}
  console.warn = () => {}
  try {
    const loaded = load()
    loaded.scalar(0).neg().dispose()
    return loaded
  } finally {
    Object.assign(console, { log, warn })
  }
}
