import { custom } from '@lossline/evaluation'
import { type OnnxElementType, type OnnxModel, toOnnxModel } from '@lossline/testing'
import fc from 'fast-check'
import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { type EvaluateOptions, evaluate, type Outputs, type SessionLike } from '../src/index.ts'

type Model = Pick<OnnxModel, 'nodes' | 'inputs' | 'outputs' | 'initializers'>

async function open(model: Model): Promise<ort.InferenceSession> {
  const bytes = toOnnxModel({ name: 'test', ...model })
  return ort.InferenceSession.create(bytes, { logSeverityLevel: 3 })
}

/** A model that gives back what it is given, with any number of rows. */
function openIdentity(type: OnnxElementType, shape: readonly (number | string)[] = ['n', 'm']) {
  return open({
    nodes: [{ operator: 'Identity', inputs: ['in'], outputs: ['out'] }],
    inputs: [{ name: 'in', type, shape }],
    outputs: [{ name: 'out', type, shape }],
  })
}

type Options = Omit<EvaluateOptions<ort.Tensor>, 'task' | 'decode' | 'session' | 'data' | 'feeds'>

/** What `decode` gets for each of some tensors, which are the input `in`. */
async function outputsOf<Seen>(
  session: SessionLike,
  data: readonly ort.Tensor[],
  look: (outputs: Outputs) => Seen,
  options: Options = {},
): Promise<Seen[]> {
  const seen: Seen[] = []
  await evaluate({
    session,
    data,
    feeds: (tensor) => ({ in: tensor }),
    decode: (outputs) => {
      seen.push(look(outputs))
      return {}
    },
    task: custom({ metrics: {} }),
    onProblem: () => {},
    warmUpRuns: 0,
    ...options,
  })
  return seen
}

test('numbers of every type are read, of batches and of single examples', async () => {
  const rows = [
    [1, 0],
    [0, 1],
    [1, 1],
  ]
  const made: [OnnxElementType, (row: number[]) => unknown][] = [
    ['float32', (row) => Float32Array.from(row)],
    ['float64', (row) => Float64Array.from(row)],
    ['float16', (row) => Uint16Array.from(row, (value) => (value === 1 ? 0x3c00 : 0))],
    ['int8', (row) => Int8Array.from(row)],
    ['uint8', (row) => Uint8Array.from(row)],
    ['int32', (row) => Int32Array.from(row)],
    ['int64', (row) => BigInt64Array.from(row, BigInt)],
    ['bool', (row) => Uint8Array.from(row)],
  ]
  for (const [type, toData] of made) {
    const session = await openIdentity(type)
    const tensors = () => rows.map((row) => new ort.Tensor(type as 'float32', toData(row) as Float32Array, [1, 2]))
    const look = ({ out }: Outputs) => ({ type: out?.type, dims: out?.dims, numbers: [...(out?.numbers ?? [])] })
    const expected = rows.map((numbers) => ({ type, dims: [1, 2], numbers }))
    expect(await outputsOf(session, tensors(), look)).toEqual(expected)
    expect(await outputsOf(session, tensors(), look, { batchSize: 2 })).toEqual(expected)
  }
})

test('texts are read, of batches and of single examples', async () => {
  const session = await openIdentity('string')
  const tensors = [
    ['a', ''],
    ['ü', 'b'],
  ].map((texts) => new ort.Tensor('string', texts, [1, 2]))
  const look = ({ out }: Outputs) => out?.texts
  expect(await outputsOf(session, tensors, look)).toEqual([
    ['a', ''],
    ['ü', 'b'],
  ])
  expect(await outputsOf(session, tensors, look, { batchSize: 5 })).toEqual([
    ['a', ''],
    ['ü', 'b'],
  ])
  await expect(outputsOf(session, tensors, ({ out }) => out?.numbers)).rejects.toMatchObject({ code: 'onnx-tensor' })
})

test('elements of a Float16Array, which newer versions of Node have, are numbers already', async () => {
  // Stands for a Float16Array: an array of numbers that is not one of bits.
  const tensor = { type: 'float16', dims: [1, 2], data: Float32Array.of(0.5, -2) }
  const session = { inputNames: ['in'], outputNames: ['out'], run: async () => ({ out: tensor }) }
  const seen = await outputsOf(session, [new ort.Tensor('float32', [1], [1])], ({ out }) => [...(out?.numbers ?? [])])
  expect(seen).toEqual([[0.5, -2]])
})

test('a whole number that a number cannot hold is refused, and can be read as it is', async () => {
  const session = await openIdentity('int64')
  const tensors = [new ort.Tensor('int64', BigInt64Array.of(2n ** 53n), [1, 1])]
  await expect(outputsOf(session, tensors, ({ out }) => out?.numbers)).rejects.toMatchObject({ code: 'onnx-tensor' })
  expect(await outputsOf(session, tensors, ({ out }) => out?.data)).toEqual([BigInt64Array.of(2n ** 53n)])
})

test('batches of any size give each example what it gets alone', async () => {
  const session = await open({
    nodes: [{ operator: 'ReduceSum', inputs: ['in', 'axes'], outputs: ['out'] }],
    inputs: [{ name: 'in', type: 'float32', shape: ['n', 'm'] }],
    outputs: [{ name: 'out', type: 'float32', shape: ['n', 1] }],
    initializers: [{ name: 'axes', type: 'int64', dims: [1], bytes: new Uint8Array(BigInt64Array.of(1n).buffer) }],
  })
  const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 1, max: 4 }),
      async (rows, batchSize) => {
        const tensors = rows.map(
          (numbers) => new ort.Tensor('float32', Float32Array.from(numbers), [1, numbers.length]),
        )
        const seen = await outputsOf(session, tensors, ({ out }) => out?.numbers[0], { batchSize, confidence: false })
        expect(seen).toEqual(rows.map((numbers) => numbers.reduce((sum, number) => sum + number, 0)))
      },
    ),
    { numRuns: 40 },
  )
})

test('feeds may be made of the same memory for each example', async () => {
  const session = await openIdentity('float32')
  const memory = new Float32Array(2)
  const seen: number[][] = []
  await evaluate({
    session,
    data: [1, 2, 3],
    batchSize: 3,
    feeds: (value) => {
      memory.fill(value)
      return { in: new ort.Tensor('float32', memory, [1, 2]) }
    },
    decode: ({ out }) => {
      seen.push([...(out?.numbers ?? [])])
      return {}
    },
    task: custom({ metrics: {} }),
    onProblem: () => {},
  })
  expect(seen).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ])
})

test('a batch of a model with a fixed number of rows is filled up', async () => {
  const session = await openIdentity('float32', [4, 2])
  const tensors = [1, 2, 3, 4, 5, 6].map((value) => new ort.Tensor('float32', Float32Array.of(value, value), [1, 2]))
  const look = ({ out }: Outputs) => [...(out?.numbers ?? [])]
  expect(await outputsOf(session, tensors, look)).toEqual([1, 2, 3, 4, 5, 6].map((value) => [value, value]))
  await expect(outputsOf(session, tensors, look, { batchSize: 3 })).rejects.toMatchObject({ code: 'onnx-option' })
})

test('an input without rows is shared by the examples of a batch', async () => {
  const session = await open({
    nodes: [{ operator: 'Mul', inputs: ['in', 'factor'], outputs: ['out'] }],
    inputs: [
      { name: 'in', type: 'float32', shape: ['n', 1] },
      { name: 'factor', type: 'float32', shape: [] },
    ],
    outputs: [{ name: 'out', type: 'float32', shape: ['n', 1] }],
  })
  const seen: (number | undefined)[] = []
  await evaluate({
    session,
    data: [1, 2, 3],
    batchSize: 2,
    feeds: (value) => ({
      in: new ort.Tensor('float32', [value], [1, 1]),
      factor: new ort.Tensor('float32', [10], []),
    }),
    decode: ({ out }) => {
      seen.push(out?.numbers[0])
      return {}
    },
    task: custom({ metrics: {} }),
    onProblem: () => {},
  })
  expect(seen).toEqual([10, 20, 30])
})

test('what has no row for each example is refused with a hint', async () => {
  const session = await open({
    nodes: [{ operator: 'ReduceSum', inputs: ['in'], outputs: ['out'], attributes: [{ name: 'keepdims', int: 0 }] }],
    inputs: [{ name: 'in', type: 'float32', shape: ['n', 2] }],
    outputs: [{ name: 'out', type: 'float32', shape: [] }],
  })
  const tensors = [1, 2].map((value) => new ort.Tensor('float32', Float32Array.of(value, value), [1, 2]))
  const look = ({ out }: Outputs) => out?.numbers[0]
  expect(await outputsOf(session, tensors, look)).toEqual([2, 4])
  const refused = expect.objectContaining({ code: 'onnx-tensor', hint: expect.stringContaining('batchSize') })
  await expect(outputsOf(session, tensors, look, { batchSize: 2 })).rejects.toEqual(refused)
  const flat = [new ort.Tensor('float32', Float32Array.of(1, 2), [2])]
  await expect(outputsOf(session, flat, look, { batchSize: 2 })).rejects.toMatchObject({ code: 'onnx-tensor' })
})

test('outputs on another device are brought to the CPU, or refused', async () => {
  let disposedCount = 0
  const out = {
    type: 'float32',
    dims: [1],
    location: 'gpu-buffer',
    dispose: () => {
      disposedCount += 1
    },
    get data(): never {
      throw new Error('not on the CPU')
    },
    getData: async () => Float32Array.of(7),
  }
  const session = { inputNames: ['in'], outputNames: ['out'], run: async (): Promise<unknown> => ({ out }) }
  const data = [new ort.Tensor('float32', [1], [1])]
  expect(await outputsOf(session, data, (outputs) => outputs.out?.numbers[0], { warmUpRuns: 2 })).toEqual([7])
  expect(disposedCount).toBe(3)
  session.run = async () => ({ out: { type: 'float32', dims: [1], location: 'gpu-buffer', data: undefined } })
  await expect(outputsOf(session, data, () => 0)).rejects.toMatchObject({ code: 'onnx-tensor' })
})
