import type { FileMediaSnapshot } from '@lossline/journal'
import { toJsonText } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { checkList, checkObject, checkObjects } from './check-arguments.ts'
import { MediaValue } from './media-value.ts'
import { toPlainJson } from './plain-json.ts'

/** A layer or an operation of a model. */
export interface GraphNode {
  /** Unique in its graph. */
  readonly id: string
  readonly name?: string
  /** Kind of the layer. */
  readonly className?: string
  readonly size?: readonly (number | null)[]
  readonly parameters?: readonly (readonly [name: string, shape: readonly (number | null)[]])[]
  readonly outputShape?: unknown
  readonly isOutput?: boolean
  readonly numParameters?: number
}

/** Layers of a model and how they are connected. */
export interface GraphParts {
  readonly nodes: readonly GraphNode[]
  /** Ids of the two nodes of each edge. */
  readonly edges: readonly (readonly [from: string, to: string])[]
  /** Which of its pictures W&B shows. Default `keras`. */
  readonly format?: string
}

const graphPartNames: OptionNames<GraphParts> = { nodes: true, edges: true, format: true }

/**
 * The graph of a model.
 *
 * @example run.log({ model: new Graph({ nodes: [{ id: 'a' }, { id: 'b' }], edges: [['a', 'b']] }) })
 */
export class Graph extends MediaValue {
  readonly #text: string

  /**
   * @param parts - Copied at once.
   * @throws {@link InvalidMediaError} when ids repeat, or an edge leads to a node that is not there.
   */
  constructor(parts: GraphParts) {
    super()
    const hint = "Pass { nodes: [{ id: 'a' }], edges: [['a', 'b']] }."
    checkObject(parts, 'The parts of a graph', hint)
    checkOptions('new Graph', parts, graphPartNames)
    const { nodes, edges, format = 'keras' } = parts
    checkObjects(nodes, 'Nodes', hint)
    checkList(edges, 'Edges', hint)
    if (!nodes.every(({ id }) => typeof id === 'string')) {
      throw new InvalidMediaError('Each node of a graph has an id, a text.', hint)
    }
    const ids = new Set(nodes.map(({ id }) => id))
    if (ids.size < nodes.length) {
      throw new InvalidMediaError('Two nodes of a graph have the same id.', 'Give each node an id of its own.')
    }
    const missing = edges.flat().find((id) => !ids.has(id))
    if (missing !== undefined) {
      throw new InvalidMediaError(
        `An edge leads to ${describeValue(missing)}, which is no node.`,
        'Edges are pairs of ids of nodes.',
      )
    }
    this.#text = toJsonText(toPlainJson({ format, nodes: nodes.map(toWireNode), edges }), 'compact')
  }

  toSnapshot(): FileMediaSnapshot {
    return { kind: 'graph', content: { kind: 'text', text: this.#text }, extension: '.graph.json' }
  }
}

function toWireNode(node: GraphNode): object {
  return {
    name: node.name ?? null,
    id: node.id,
    class_name: node.className,
    size: node.size,
    parameters: node.parameters,
    output_shape: node.outputShape,
    is_output: node.isOutput,
    num_parameters: node.numParameters,
  }
}
