import type { Writer } from '../domain/writer.ts'

/**
 * Which of several writers of a run sends this, if it says so. W&B's client does with every request of a run in shared
 * mode. Our sender always does where a server has the feature `LOSSLINE_WRITERS`: then the lines of each run folder keep
 * their own numbers, whatever other folders of the run there are.
 */
export function readWriter(headers: Headers): Writer | undefined {
  const isShared = headers.get('x-wandb-use-async-filestream') === 'true'
  const name =
    headers.get('x-lossline-writer') ?? headers.get('x-wandb-async-client-id') ?? headers.get('x-wandb-client-id')
  if (name !== null && name !== '') return { name, isShared }
  // One that shares a run and does not say who it is cannot be told from the others.
  return isShared ? { name: '', isShared } : undefined
}
