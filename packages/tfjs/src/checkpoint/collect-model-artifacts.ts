import { messageOf, shadowMethod } from '@lossline/core/adapter'
import type { ReportProblem } from '../problems.ts'
import type { ModelArtifactsLike, ModelLike } from '../tensorflow-like.ts'

export interface CollectModelArtifactsOptions {
  /** Whether the state of the optimizer is wanted. */
  readonly includeOptimizer: boolean
  readonly report: ReportProblem
}

/**
 * What `model.save` hands to its handlers, in memory: no file, so it works on every backend. The arrays are copies.
 *
 * With the optimizer as far as tfjs can: where it cannot, that is reported and the rest is there.
 *
 * @returns `undefined` for a model that cannot be saved at all, which has been reported.
 */
export async function collectModelArtifacts(
  model: ModelLike,
  { includeOptimizer, report }: CollectModelArtifactsOptions,
): Promise<ModelArtifactsLike | undefined> {
  if (includeOptimizer && model.optimizer !== undefined) {
    try {
      return withLoadableConfig(await collectWithOptimizer(model, model.optimizer), model, report)
    } catch (cause) {
      // Adamax has no getWeights, and functions in a list of losses have no name.
      report(notSaved(cause))
    }
  }
  try {
    return await collect(model, false)
  } catch (cause) {
    report(failed(cause))
    return undefined
  }
}

async function collect(model: ModelLike, includeOptimizer: boolean): Promise<ModelArtifactsLike> {
  if (model.save === undefined) throw new Error('the model has no method save')
  let collected: ModelArtifactsLike | undefined
  const handler = {
    async save(artifacts: ModelArtifactsLike) {
      collected = artifacts
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const } }
    },
  }
  await model.save(handler, { includeOptimizer })
  if (collected === undefined) throw new Error('tfjs has not called the save handler')
  return collected
}

/** `getWeights` of an optimizer makes a tensor of its step count for the caller, which `save` forgets to dispose of. */
async function collectWithOptimizer(model: ModelLike, optimizer: object): Promise<ModelArtifactsLike> {
  const made: { dispose(): void }[] = []
  const shadowing = shadowMethod(optimizer, 'getWeights', 'tfjs-collect', (getWeights) => {
    return async function (this: unknown, ...args) {
      const weights: unknown = await Reflect.apply(getWeights, this, args)
      if (Array.isArray(weights)) {
        for (const { name, tensor } of weights) if (name === 'iter') made.push(tensor)
      }
      return weights
    }
  })
  try {
    return await collect(model, true)
  } finally {
    shadowing?.undo()
    for (const tensor of made) tensor.dispose()
  }
}

/** A training config that tfjs could not load again would make the whole file useless; the weights stay in it. */
function withLoadableConfig(
  artifacts: ModelArtifactsLike,
  model: ModelLike,
  report: ReportProblem,
): ModelArtifactsLike {
  const { trainingConfig, ...rest } = artifacts
  if (trainingConfig === undefined || !(hasFunction(model.loss) || hasFunction(model.metrics))) return artifacts
  report({
    code: 'tfjs-training-config',
    message: 'Losses or metrics that are functions cannot be saved: the checkpoint says nothing of how it is compiled.',
    hint: "Call compile() after loading, or use the names of tfjs's own losses and metrics.",
  })
  return rest
}

function hasFunction(value: unknown): boolean {
  if (typeof value === 'function') return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasFunction)
}

function notSaved(cause: unknown) {
  return {
    code: 'tfjs-training-config' as const,
    message: `TensorFlow.js cannot save the optimizer of this model: ${messageOf(cause)}`,
    hint: 'Checkpoints hold the weights; a training that goes on from one starts with a new optimizer.',
    cause,
  }
}

function failed(cause: unknown) {
  return {
    code: 'tfjs-checkpoint-failed' as const,
    message: `The model could not be saved: ${messageOf(cause)}`,
    hint: 'Training goes on without checkpoints.',
    cause,
  }
}
