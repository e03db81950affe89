import { fileURLToPath } from 'node:url'
import { env } from '@huggingface/transformers'

// The models lie in this folder. Without the first line transformers.js would still ask the hub for files that are optional.
env.allowRemoteModels = false
env.localModelPath = fileURLToPath(new URL('models/', import.meta.url))

/** Names of the folders in `models/`. */
export const models = { classifier: 'ticket-classifier', embedder: 'ticket-embedder', writer: 'tiny-lm' } as const
