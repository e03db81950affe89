import { createRequire } from 'node:module'
import type * as TensorFlow from '@tensorflow/tfjs'
import { loadQuietly } from './load-quietly.ts'

const require = createRequire(import.meta.url)

/** TensorFlow.js on its pure JavaScript backend, without the advice that it prints about tfjs-node. */
export const tf: typeof TensorFlow = loadQuietly(() => require('@tensorflow/tfjs'))

/**
 * Loads every module of TensorFlow.js once more: what a program gets whose packages bring a copy each. Its classes are
 * not those of {@link tf}; tensors and backends are shared through the global engine.
 */
export function loadSecondCopy(): typeof TensorFlow {
  const modules = Object.entries(require.cache).filter(([path]) => path.includes('@tensorflow'))
  for (const [path] of modules) delete require.cache[path]
  try {
    return loadQuietly(() => require('@tensorflow/tfjs'))
  } finally {
    for (const [path, module] of modules) require.cache[path] = module
  }
}
