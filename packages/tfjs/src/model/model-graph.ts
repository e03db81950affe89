import { Graph, type GraphNode } from '@lossline/core'
import { attempt } from '../attempt.ts'
import type { RunLike } from '../run-like.ts'
import type { LayerLike, ModelLike } from '../tensorflow-like.ts'

/** Sets the graph of a model in the run's summary, where W&B's Keras callback has it too. */
export function logModelGraph(run: RunLike, key: string, model: ModelLike): void {
  const graph = toGraph(model)
  if (graph !== undefined) run.summary?.update({ [key]: graph })
}

/**
 * The layers of a model and how they are connected. A model within the model is one node.
 *
 * @returns `undefined` for a model without layers.
 */
export function toGraph(model: ModelLike): Graph | undefined {
  const { layers = [] } = model
  if (layers.length === 0) return undefined
  const names = new Set(layers.map(({ name }) => name))
  const outputs = new Set(namesOfLayers(Reflect.get(model, 'outputLayers')))
  const edges = layers.flatMap((layer) =>
    inboundNames(layer)
      .filter((name) => names.has(name))
      .map((name) => [name, layer.name] as const),
  )
  return new Graph({ nodes: layers.map((layer) => toNode(layer, outputs)), edges })
}

function toNode(layer: LayerLike, outputs: ReadonlySet<string>): GraphNode {
  const outputShape: unknown = attempt(() => Reflect.get(layer, 'outputShape'))
  const numParameters: unknown = attempt(() => {
    const count: unknown = Reflect.get(layer, 'countParams')
    return typeof count === 'function' ? Reflect.apply(count, layer, []) : undefined
  })
  return {
    id: layer.name,
    name: layer.name,
    className: layer.getClassName(),
    isOutput: outputs.has(layer.name),
    ...(outputShape === undefined ? {} : { outputShape }),
    ...(typeof numParameters === 'number' ? { numParameters } : {}),
  }
}

// tfjs keeps the connections where Keras does, in `inboundNodes`, and its types hide them.
function inboundNames(layer: LayerLike): readonly string[] {
  const nodes: unknown = Reflect.get(layer, 'inboundNodes')
  if (!Array.isArray(nodes)) return []
  return [...new Set(nodes.flatMap((node: object) => namesOfLayers(Reflect.get(node, 'inboundLayers'))))]
}

function namesOfLayers(layers: unknown): string[] {
  if (!Array.isArray(layers)) return []
  return layers.map((layer: unknown) =>
    typeof layer === 'object' && layer !== null ? String(Reflect.get(layer, 'name')) : '',
  )
}
