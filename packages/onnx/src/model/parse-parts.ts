import type { ModelValue } from './model-metadata.ts'
import type { ProtobufField } from './protobuf-reader.ts'

/** Names of `TensorProto.DataType`, by number; those that ONNX Runtime has in JavaScript by its names. */
const elementTypes = [
  ...['undefined', 'float32', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16'],
  ...['float64', 'uint32', 'uint64', 'complex64', 'complex128', 'bfloat16', 'float8e4m3fn', 'float8e4m3fnuz'],
  ...['float8e5m2', 'float8e5m2fnuz', 'uint4', 'int4', 'float4e2m1', 'float8e8m0', 'uint2', 'int2'],
]

/** What is wanted of a weight: all but its numbers. */
export interface WeightHead {
  readonly name: string
  /** Numbers in it. */
  readonly count: number
  /** The file that holds them, if it is not the model's. */
  readonly location: string | undefined
}

/** Reads a `TensorProto` without its data. */
export async function readWeightHead(tensor: ProtobufField): Promise<WeightHead> {
  let [name, count, location]: [string, number, string | undefined] = ['', 1, undefined]
  await tensor.message(async (field) => {
    switch (field.number) {
      case 1:
        for (const length of await field.varints()) count *= Number(length)
        return
      case 8:
        name = await field.text()
        return
      case 13: {
        const [key, value] = await readEntry(field)
        if (key === 'location') location = value
      }
    }
  })
  return { name, count, location }
}

/** Reads a `StringStringEntryProto`. */
export async function readEntry(entry: ProtobufField): Promise<readonly [key: string, value: string]> {
  let [key, value] = ['', '']
  await entry.message(async (field) => {
    if (field.number === 1) key = await field.text()
    if (field.number === 2) value = await field.text()
  })
  return [key, value]
}

/** Reads an `OperatorSetIdProto`. */
export async function readOperatorSet(set: ProtobufField): Promise<readonly [domain: string, version: number]> {
  let [domain, version] = ['', 0]
  await set.message(async (field) => {
    if (field.number === 1) domain = await field.text()
    if (field.number === 2) version = Number(field.value)
  })
  return [domain === '' ? 'ai.onnx' : domain, version]
}

/** Reads a `ValueInfoProto`. */
export async function readValue(value: ProtobufField): Promise<ModelValue> {
  let name = ''
  let type: Pick<ModelValue, 'type' | 'shape'> = { type: 'undefined', shape: undefined }
  await value.message(async (field) => {
    if (field.number === 1) name = await field.text()
    if (field.number === 2) type = await readType(field)
  })
  return { name, ...type }
}

const otherTypes: Readonly<Record<number, string>> = {
  4: 'sequence',
  5: 'map',
  7: 'opaque',
  8: 'sparse',
  9: 'optional',
}

async function readType(typeField: ProtobufField): Promise<Pick<ModelValue, 'type' | 'shape'>> {
  let type = 'undefined'
  let shape: (number | string)[] | undefined
  await typeField.message(async (kind) => {
    if (kind.number !== 1) {
      type = otherTypes[kind.number] ?? type
      return
    }
    await kind.message(async (field) => {
      if (field.number === 1) type = elementTypes[Number(field.value)] ?? `type ${field.value}`
      if (field.number === 2) shape = await readShape(field)
    })
  })
  return { type, shape }
}

async function readShape(shapeField: ProtobufField): Promise<(number | string)[]> {
  const shape: (number | string)[] = []
  await shapeField.message(async (dimension) => {
    if (dimension.number !== 1) return
    let length: number | string = '?'
    await dimension.message(async (field) => {
      if (field.number === 1) length = Number(field.value)
      if (field.number === 2) length = (await field.text()) || length
    })
    shape.push(length)
  })
  return shape
}
