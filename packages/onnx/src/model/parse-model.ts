import type { ByteSource } from './byte-source.ts'
import type { ModelMetadata, ModelValue } from './model-metadata.ts'
import { readEntry, readOperatorSet, readValue, readWeightHead } from './parse-parts.ts'
import { type ProtobufField, readProtobuf } from './protobuf-reader.ts'

// Numbers of fields are those of onnx.proto (github.com/onnx/onnx), where they never change.

/** What the file says: locations of weights, of which nobody knows yet whether there is something. */
export type ParsedModel = Omit<ModelMetadata, 'externalData'> & { readonly externalLocations: readonly string[] }

/**
 * Reads a `ModelProto` without its weights.
 *
 * @returns `undefined` for a message that is no model: one without a graph or the version of its format.
 * @throws ProtobufError for bytes that are no message.
 */
export async function parseModel(source: ByteSource): Promise<ParsedModel | undefined> {
  const texts = { producerName: '', producerVersion: '', domain: '', description: '' }
  const numbers = { irVersion: 0, modelVersion: 0 }
  const opsets = new Map<string, number>()
  const properties = new Map<string, string>()
  const graph = createGraphReader()
  let hasGraph = false
  await readProtobuf(source, async (field) => {
    switch (field.number) {
      case 1:
        numbers.irVersion = Number(field.value)
        return
      case 2:
        texts.producerName = await field.text()
        return
      case 3:
        texts.producerVersion = await field.text()
        return
      case 4:
        texts.domain = await field.text()
        return
      case 5:
        numbers.modelVersion = Number(field.value)
        return
      case 6:
        texts.description = await field.text()
        return
      case 7:
        hasGraph = true
        return graph.read(field)
      case 8:
        opsets.set(...(await readOperatorSet(field)))
        return
      case 14:
        properties.set(...(await readEntry(field)))
    }
  })
  if (!hasGraph || numbers.irVersion === 0) return undefined
  return {
    ...numbers,
    ...texts,
    opsets: Object.fromEntries(opsets),
    properties: Object.fromEntries(properties),
    ...graph.result(),
    sizeBytes: source.size,
  }
}

type ParsedGraph = Pick<
  ParsedModel,
  'graphName' | 'inputs' | 'outputs' | 'operators' | 'parameterCount' | 'externalLocations'
>

/** Reads a `GraphProto`, and those inside its nodes: branches and loops. */
function createGraphReader(): { read(graph: ProtobufField): Promise<void>; result(): ParsedGraph } {
  let graphName = ''
  const inputs: ModelValue[] = []
  const outputs: ModelValue[] = []
  const operators = new Map<string, number>()
  const weights = new Set<string>()
  const externalLocations = new Set<string>()
  let parameterCount = 0

  const readWeight = async (field: ProtobufField): Promise<void> => {
    const { name, count, location } = await readWeightHead(field)
    weights.add(name)
    parameterCount += count
    if (location !== undefined) externalLocations.add(location)
  }
  const readAttribute = async (field: ProtobufField): Promise<void> => {
    if (field.number === 5 || field.number === 10) {
      const { location } = await readWeightHead(field)
      if (location !== undefined) externalLocations.add(location)
    }
    if (field.number === 6 || field.number === 11) await field.message(readMember)
  }
  const readNode = async (node: ProtobufField): Promise<void> => {
    let [operator, domain] = ['', '']
    await node.message(async (field) => {
      if (field.number === 4) operator = await field.text()
      if (field.number === 7) domain = await field.text()
      if (field.number === 5) await field.message(readAttribute)
    })
    const name = domain === '' || domain === 'ai.onnx' ? operator : `${domain}.${operator}`
    operators.set(name, (operators.get(name) ?? 0) + 1)
  }
  /** What graphs inside of nodes have too. */
  const readMember = async (field: ProtobufField): Promise<void> => {
    if (field.number === 1) await readNode(field)
    if (field.number === 5) await readWeight(field)
    // Of sparse weights the values count that there are.
    if (field.number === 15) await field.message(async (part) => (part.number === 1 ? readWeight(part) : undefined))
  }
  return {
    read: (graph) =>
      graph.message(async (field) => {
        if (field.number === 2) graphName = await field.text()
        if (field.number === 11) inputs.push(await readValue(field))
        if (field.number === 12) outputs.push(await readValue(field))
        await readMember(field)
      }),
    result: () => ({
      graphName,
      // Before version 4 of the format weights were inputs too.
      inputs: inputs.filter(({ name }) => !weights.has(name)),
      outputs,
      operators: Object.fromEntries(operators),
      parameterCount,
      externalLocations: [...externalLocations],
    }),
  }
}
