import { createRequire } from 'node:module'
import type * as TensorFlow from '@tensorflow/tfjs'
import { loadQuietly } from './load-quietly.ts'

/**
 * The lowest TensorFlow.js of the peer range, 4.0.0, as the same type: what its types lack is what later versions added.
 * Never in one process with the other one: two versions would share one engine.
 */
export const lowest: typeof TensorFlow = loadQuietly(() => createRequire(import.meta.url)('tfjs-lowest'))
