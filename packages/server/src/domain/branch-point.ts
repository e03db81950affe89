import { isJsonObject, parseJson } from '@lossline/protocol'

/** Where a run's history branches off from another's, or from its own earlier one. */
export interface BranchPoint {
  readonly runId: string
  /** The last step that is kept. */
  readonly step: number
}

/** The branch point that a client has written into a config, W&B's form as text; undefined if there is none. */
export function readBranchPoint(config: string | undefined): BranchPoint | undefined {
  if (config === undefined || !config.includes('"branch_point"')) return undefined
  const tree = parseJson(config)
  const internals = isJsonObject(tree) && isJsonObject(tree._wandb) ? tree._wandb.value : undefined
  const found = isJsonObject(internals) ? internals.branch_point : undefined
  if (!isJsonObject(found)) return undefined
  const { run_id: runId, step } = found
  return typeof runId === 'string' && runId !== '' && typeof step === 'number' ? { runId, step } : undefined
}
