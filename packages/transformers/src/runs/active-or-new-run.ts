import { activeRun, init } from '@lossline/core'
import type { ModelRun } from './run-like.ts'

/** What `'lossline'` stands for: the active run, or a new one with the settings of the environment, which the caller finishes. */
export async function activeOrNewRun(name?: string): Promise<ModelRun> {
  return activeRun() ?? (await init(name === undefined ? {} : { name }))
}
