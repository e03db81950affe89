import { createRequire } from 'node:module'
import type * as TensorFlow from '@tensorflow/tfjs'

const require = createRequire(import.meta.url)

/** TensorFlow.js on its pure JavaScript backend, without the advice that it prints about tfjs-node. */
export const tf: typeof TensorFlow = loadQuietly()

function loadQuietly(): typeof TensorFlow {
  const { log, warn } = console
  console.log = () => {}
  console.warn = () => {}
  try {
    const loaded: typeof TensorFlow = require('@tensorflow/tfjs')
    // The advice comes with the first operation.
    loaded.scalar(0).neg().dispose()
    return loaded
  } finally {
    Object.assign(console, { log, warn })
  }
}
