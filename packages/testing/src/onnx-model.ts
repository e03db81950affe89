// Writes files of ONNX models: the protobuf messages of onnx.proto (ONNX IR version 8 and newer), with the fields that tests need.

/** Numbers of `TensorProto.DataType`. */
const elementTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
} as const

/** Of tensors. */
export type OnnxElementType = keyof typeof elementTypes

/** An input or output: texts name dimensions that are free. */
export interface OnnxValue {
  readonly name: string
  readonly type: OnnxElementType
  readonly shape: readonly (number | string)[]
}

/** Numbers of `AttributeProto.AttributeType`: 1 a float, 2 an int, 3 a string, 7 ints; a graph is 5. */
export type OnnxAttribute =
  | { readonly name: string; readonly int: number }
  | { readonly name: string; readonly float: number }
  | { readonly name: string; readonly ints: readonly number[] }
  | { readonly name: string; readonly graph: OnnxGraph }

/** A call of an operator. */
export interface OnnxNode {
  readonly operator: string
  readonly domain?: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: readonly OnnxAttribute[]
}

/** A weight: its elements, or where they lie in a file beside the model. */
export interface OnnxInitializer {
  readonly name: string
  readonly type: OnnxElementType
  readonly dims: readonly number[]
  /** Little-endian, row by row. */
  readonly bytes?: Uint8Array
  readonly external?: { readonly location: string; readonly offset?: number; readonly length?: number }
}

/** Of a model, or of a branch inside it. */
export interface OnnxGraph {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly inputs?: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly initializers?: readonly OnnxInitializer[]
}

/** A graph with what is said about it. */
export interface OnnxModel extends OnnxGraph {
  readonly irVersion?: number
  readonly opset?: number
  /** Further operator sets by domain. */
  readonly opsets?: Readonly<Record<string, number>>
  readonly producer?: { readonly name: string; readonly version: string }
  readonly domain?: string
  readonly modelVersion?: number
  readonly description?: string
  readonly metadata?: Readonly<Record<string, string>>
}

/** The bytes of a model's file. */
export function toOnnxModel(model: OnnxModel): Uint8Array {
  const { irVersion = 8, opset = 17, opsets = {}, producer, metadata = {} } = model
  return message([
    varint(1, irVersion),
    text(2, producer?.name),
    text(3, producer?.version),
    text(4, model.domain),
    model.modelVersion === undefined ? empty : varint(5, model.modelVersion),
    text(6, model.description),
    bytes(7, toGraph(model)),
    ...Object.entries({ '': opset, ...opsets }).map(([domain, version]) =>
      bytes(8, message([text(1, domain), varint(2, version)])),
    ),
    ...Object.entries(metadata).map(([key, value]) => bytes(14, message([text(1, key), text(2, value)]))),
  ])
}

function toGraph({ name, nodes, inputs = [], outputs, initializers = [] }: OnnxGraph): Uint8Array {
  return message([
    ...nodes.map((node) => bytes(1, toNode(node))),
    text(2, name),
    ...initializers.map((initializer) => bytes(5, toInitializer(initializer))),
    ...inputs.map((value) => bytes(11, toValue(value))),
    ...outputs.map((value) => bytes(12, toValue(value))),
  ])
}

function toNode({ operator, domain, inputs, outputs, attributes = [] }: OnnxNode): Uint8Array {
  return message([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, operator),
    ...attributes.map((attribute) => bytes(5, toAttribute(attribute))),
    text(7, domain),
  ])
}

function toAttribute(attribute: OnnxAttribute): Uint8Array {
  const name = text(1, attribute.name)
  if ('int' in attribute) return message([name, varint(3, attribute.int), varint(20, 2)])
  if ('ints' in attribute) return message([name, ...attribute.ints.map((value) => varint(8, value)), varint(20, 7)])
  if ('graph' in attribute) return message([name, bytes(6, toGraph(attribute.graph)), varint(20, 5)])
  const float = new Uint8Array(5)
  float[0] = (2 << 3) | 5
  new DataView(float.buffer).setFloat32(1, attribute.float, true)
  return message([name, float, varint(20, 1)])
}

function toInitializer({ name, type, dims, bytes: content, external }: OnnxInitializer): Uint8Array {
  const places = Object.entries(external ?? {}).map(([key, value]) =>
    bytes(13, message([text(1, key), text(2, String(value))])),
  )
  return message([
    ...dims.map((length) => varint(1, length)),
    varint(2, elementTypes[type]),
    text(8, name),
    content === undefined ? empty : bytes(9, content),
    ...places,
    external === undefined ? empty : varint(14, 1),
  ])
}

function toValue({ name, type, shape }: OnnxValue): Uint8Array {
  const dimensions = shape.map((length) =>
    bytes(1, message([typeof length === 'number' ? varint(1, length) : text(2, length)])),
  )
  const tensor = message([varint(1, elementTypes[type]), bytes(2, message(dimensions))])
  return message([text(1, name), bytes(2, message([bytes(1, tensor)]))])
}

const empty = new Uint8Array()

function message(fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields)
}

function varint(field: number, value: number): Uint8Array {
  return message([encode(field << 3), encode(value)])
}

function bytes(field: number, content: Uint8Array): Uint8Array {
  return message([encode((field << 3) | 2), encode(content.length), content])
}

function text(field: number, value: string | undefined): Uint8Array {
  return value === undefined ? empty : bytes(field, Buffer.from(value))
}

function encode(value: number): Uint8Array {
  const encoded: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 0x7fn) {
    encoded.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  encoded.push(Number(rest))
  return Uint8Array.from(encoded)
}
