import { describeFunctions } from '../model/describe-model.ts'
import type { LayerLike, ModelLike } from '../tensorflow-like.ts'

/**
 * What a model predicts with one of its outputs.
 *
 * - `classification`: one of several classes, a value for each.
 * - `binary`: one of two classes, one value, the probability of the second.
 * - `multi-label`: any number of classes, a probability for each.
 * - `regression`: numbers.
 */
export type OutputTask = 'classification' | 'binary' | 'multi-label' | 'regression'

/** What the output is, and whether its values are probabilities or, before a softmax or sigmoid, logits. */
export interface GuessedTask {
  readonly task: OutputTask
  readonly isLogits: boolean
}

/**
 * Guesses from the activation of the output layer, and where that says nothing from the loss.
 *
 * @param index - Of the output.
 * @returns `undefined` when neither tells.
 */
export function guessTask(model: ModelLike, index: number): GuessedTask | undefined {
  const unitCount = unitCountOf(model, index)
  const loss = lossOf(model, index).toLowerCase().replaceAll(/[_\s]/g, '')
  const activation = activationOf(outputLayer(model, index))
  if (activation === 'softmax') return { task: 'classification', isLogits: false }
  if (activation === 'sigmoid') return { task: unitCount === 1 ? 'binary' : 'multi-label', isLogits: false }
  if (/categoricalcrossentropy|softmaxcrossentropy/.test(loss)) return { task: 'classification', isLogits: true }
  if (/binarycrossentropy|sigmoidcrossentropy/.test(loss)) {
    return { task: unitCount === 1 ? 'binary' : 'multi-label', isLogits: true }
  }
  const isDistance = /squared|absolute|mse|mae|mape|huber|logcosh|cosine/.test(loss)
  return isDistance ? { task: 'regression', isLogits: false } : undefined
}

/** The task that was told, else the one that is guessed. */
export function chooseTask(
  model: ModelLike,
  { task, output }: { readonly task?: OutputTask | undefined; readonly output: number },
): GuessedTask | undefined {
  const guessed = guessTask(model, output)
  if (task === undefined) return guessed
  return { task, isLogits: guessed?.task === task && guessed.isLogits }
}

/** The output's last axis; `undefined` when the model does not tell. */
function unitCountOf({ outputs = [] }: ModelLike, index: number): number | undefined {
  const output = outputs[index]
  const shape: unknown = typeof output === 'object' && output !== null ? Reflect.get(output, 'shape') : undefined
  const last: unknown = Array.isArray(shape) ? shape.at(-1) : undefined
  return typeof last === 'number' ? last : undefined
}

function outputLayer(model: ModelLike, index: number): LayerLike | undefined {
  const layers: unknown = Reflect.get(model, 'outputLayers')
  const layer: unknown = Array.isArray(layers) ? layers[index] : undefined
  const fallback = model.outputs === undefined || model.outputs.length < 2 ? model.layers?.at(-1) : undefined
  return typeof layer === 'object' && layer !== null ? (layer as LayerLike) : fallback
}

function activationOf(layer: LayerLike | undefined): string | undefined {
  if (layer === undefined) return undefined
  if (layer.getClassName() === 'Softmax') return 'softmax'
  const read: unknown = Reflect.get(layer, 'getConfig')
  const config: unknown = typeof read === 'function' ? Reflect.apply(read, layer, []) : undefined
  const activation: unknown =
    typeof config === 'object' && config !== null ? Reflect.get(config, 'activation') : undefined
  return typeof activation === 'string' ? activation : undefined
}

function lossOf(model: ModelLike, index: number): string {
  const losses = describeFunctions(model.loss)
  if (typeof losses === 'string') return losses
  const list: readonly unknown[] = typeof losses === 'object' && losses !== null ? Object.values(losses) : []
  return String(list[index] ?? '')
}
