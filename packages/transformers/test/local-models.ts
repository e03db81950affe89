import { fileURLToPath } from 'node:url'
import * as transformers from '@huggingface/transformers'
import { workspaceUrl } from '@lossline/testing'

/** Folder of the small models that the example uses too. */
export const modelFolder: string = fileURLToPath(workspaceUrl('examples/transformers-tickets/models/'))

// Nothing may be asked of a network, and a test that would is to fail.
transformers.env.allowRemoteModels = false
transformers.env.localModelPath = modelFolder
transformers.env.fetch = () => {
  throw new Error('A test asked for something from the network.')
}

// Its own words about errors that tests cause.
transformers.env.logLevel = transformers.LogLevel.NONE

export { transformers }
