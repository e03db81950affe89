import { mkdir, open as openFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openTemporaryDirectory, toOnnxModel, workspaceUrl } from '@lossline/testing'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { OnnxModelFileError, readModelMetadata } from '../src/index.ts'
import { digitsModel } from './digits.ts'

async function folder(): Promise<string> {
  const directory = await openTemporaryDirectory()
  onTestFinished(() => directory[Symbol.asyncDispose]())
  return directory.path
}

test('a model made by PyTorch says where it comes from and what it takes', async () => {
  const metadata = await readModelMetadata(digitsModel)
  expect(metadata).toMatchObject({
    irVersion: 8,
    opsets: { 'ai.onnx': 17 },
    inputs: [{ name: 'image', type: 'float32', shape: ['batch', 1, 8, 8] }],
    outputs: [{ name: 'logits', type: 'float32', shape: ['batch', 10] }],
    producerName: 'lossline-test-data',
    modelVersion: 1,
    description: 'Small CNN for 8x8 digits',
    graphName: 'digits_cnn',
    properties: { framework: 'torch 2.13.0', scale: 'pixel/16' },
    operators: { Conv: 2, Relu: 3, MaxPool: 1, Flatten: 1, Gemm: 2 },
    parameterCount: 15_386,
    externalData: [],
    sizeBytes: 62_463,
  })
  const bytes = await readFile(digitsModel)
  expect(await readModelMetadata(bytes)).toEqual(metadata)
  expect(await readModelMetadata(new Uint8Array(bytes).buffer)).toEqual(metadata)
  expect(await readModelMetadata(pathToFileURL(digitsModel))).toEqual(metadata)
})

test('models of transformers.js are read too', async () => {
  const path = workspaceUrl('examples/transformers-tickets/models/ticket-classifier/onnx/model.onnx')
  const { inputs, outputs } = await readModelMetadata(path)
  expect(inputs.map(({ name, type }) => [name, type])).toEqual([
    ['input_ids', 'int64'],
    ['attention_mask', 'int64'],
  ])
  expect(outputs).toHaveLength(1)
})

test('what was written is read', async () => {
  const name = fc.string({ maxLength: 12 })
  const shape = fc.array(fc.oneof(fc.nat({ max: 999 }), fc.string({ minLength: 1, maxLength: 5 })), { maxLength: 4 })
  const type = fc.constantFrom('float32', 'float16', 'int64', 'bool', 'string', 'uint8')
  const value = fc.record({ name: fc.string({ minLength: 1 }), type, shape })
  const model = fc.record({
    name,
    irVersion: fc.integer({ min: 1, max: 12 }),
    opset: fc.integer({ min: 1, max: 25 }),
    opsets: fc.dictionary(
      fc.string({ minLength: 1 }).filter((domain) => domain !== 'ai.onnx'),
      fc.nat({ max: 9 }),
    ),
    producer: fc.record({ name, version: name }),
    domain: name,
    modelVersion: fc.maxSafeInteger(),
    description: name,
    metadata: fc.dictionary(name, name),
    inputs: fc.array(value, { maxLength: 3 }),
    outputs: fc.array(value, { maxLength: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(model, async (given) => {
      const read = await readModelMetadata(toOnnxModel({ ...given, nodes: [] }))
      expect(read).toEqual({
        irVersion: given.irVersion,
        opsets: { 'ai.onnx': given.opset, ...given.opsets },
        producerName: given.producer.name,
        producerVersion: given.producer.version,
        domain: given.domain,
        modelVersion: given.modelVersion,
        description: given.description,
        graphName: given.name,
        properties: given.metadata,
        inputs: given.inputs,
        outputs: given.outputs,
        operators: {},
        parameterCount: 0,
        externalData: [],
        sizeBytes: expect.any(Number),
      })
    }),
  )
})

const node = { operator: 'Add', inputs: ['a', 'b'], outputs: ['c'] }
const weight = { name: 'b', type: 'float32', dims: [2, 3] } as const
const output = { name: 'c', type: 'float32', shape: ['n', 3] } as const

test('operators and parameters are counted, those of branches too, and weights are no inputs', async () => {
  const branch = { name: 'then', nodes: [node, node], outputs: [output], initializers: [{ ...weight, name: 'inner' }] }
  const bytes = toOnnxModel({
    name: 'test',
    nodes: [
      node,
      { operator: 'If', inputs: ['x'], outputs: ['y'], attributes: [{ name: 'then_branch', graph: branch }] },
      { operator: 'Gelu', domain: 'com.microsoft', inputs: ['x'], outputs: ['y'] },
    ],
    inputs: [
      { ...output, name: 'a' },
      { ...output, name: 'b' },
    ],
    outputs: [output],
    initializers: [{ ...weight, bytes: new Uint8Array(24) }],
  })
  expect(await readModelMetadata(bytes)).toMatchObject({
    operators: { Add: 3, If: 1, 'com.microsoft.Gelu': 1 },
    parameterCount: 12,
    inputs: [{ name: 'a' }],
  })
})

test('files of weights are found beside the model, and nowhere else', async () => {
  const path = await folder()
  await mkdir(join(path, 'model', 'weights'), { recursive: true })
  const at = (location: string) => ({ ...weight, name: location, external: { location, offset: 0, length: 24 } })
  const locations = ['model.onnx_data', 'weights/b.bin', 'missing.bin', '../secret', '/etc/hostname']
  const bytes = toOnnxModel({
    name: 'test',
    nodes: [node],
    outputs: [output],
    initializers: [...locations, 'model.onnx_data'].map(at),
  })
  await writeFile(join(path, 'model', 'model.onnx'), bytes)
  await writeFile(join(path, 'model', 'model.onnx_data'), new Uint8Array(100))
  await writeFile(join(path, 'model', 'weights', 'b.bin'), new Uint8Array(7))
  await writeFile(join(path, 'secret'), 'x')
  const { externalData } = await readModelMetadata(join(path, 'model', 'model.onnx'))
  expect(externalData.map(({ location, sizeBytes }) => [location, sizeBytes])).toEqual([
    ['model.onnx_data', 100],
    ['weights/b.bin', 7],
    ['missing.bin', undefined],
    ['../secret', undefined],
    ['/etc/hostname', undefined],
  ])
  expect((await readModelMetadata(bytes)).externalData[0]).toEqual({
    location: 'model.onnx_data',
    sizeBytes: undefined,
  })
})

test('of a large file little is read', async () => {
  const path = join(await folder(), 'large.onnx')
  const large = 3 * 2 ** 30
  // A graph with one weight of 3 GiB, in a sparse file: the lengths of the messages around it come first.
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
  const rawData = [(9 << 3) | 2, ...varint(large)]
  const tensorLength = rawData.length + large
  const initializer = [(5 << 3) | 2, ...varint(tensorLength)]
  const graphLength = initializer.length + tensorLength
  const head = Uint8Array.from([8, 8, (7 << 3) | 2, ...varint(graphLength), ...initializer, ...rawData])
  const tail = Uint8Array.from([(8 << 3) | 2, 2, 16, 17])
  const file = await openFile(path, 'w')
  await file.write(head, 0, head.length, 0)
  await file.write(tail, 0, tail.length, head.length + large)
  await file.close()

  const handle = await openFile(path)
  const read = vi.spyOn(Object.getPrototypeOf(handle), 'read')
  await handle.close()
  expect(await readModelMetadata(path)).toMatchObject({ irVersion: 8, opsets: { 'ai.onnx': 17 } })
  const lengths = read.mock.calls.map(([, , length]) => Number(length))
  read.mockRestore()
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(20_000)
})

test.each([
  ['', /is empty/],
  ['version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n', /pointer of Git LFS/],
  ['<!DOCTYPE html><html></html>', /web page/],
  ['PK\u0003\u0004…', /ZIP/],
  ['\u0018\0\0\0ORTM\0\0', /own format/],
  ['{"model": 1}', /JSON/],
  ['\u0008\u0008', /no graph/],
  ['some text, which is no message', /no whole ONNX model/],
])('%j is refused, and it is said what it is', async (content, message) => {
  const path = join(await folder(), 'model.onnx')
  await writeFile(path, content, 'latin1')
  const refusal = await readModelMetadata(path).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(OnnxModelFileError)
  expect(refusal).toMatchObject({
    code: 'onnx-model-file',
    message: expect.stringMatching(message),
    hint: expect.any(String),
  })
  expect(String((refusal as Error).message)).toContain(path)
})

test('a path without a file, and a folder, are refused by name', async () => {
  const path = await folder()
  for (const place of [path, join(path, 'missing.onnx')]) {
    await expect(readModelMetadata(place)).rejects.toMatchObject({
      code: 'onnx-model-file',
      message: expect.stringContaining(place),
    })
  }
})

test('a model that breaks off, or is damaged, is refused or read, and nothing else', async () => {
  const whole = await readFile(digitsModel)
  for (const length of [1, 5, 100, 1_000, 30_000, whole.length - 1]) {
    await expect(readModelMetadata(whole.subarray(0, length))).rejects.toMatchObject({ code: 'onnx-model-file' })
  }
  const change = fc.tuple(fc.nat({ max: 2_000 }), fc.nat({ max: 255 }))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const damaged = new Uint8Array(whole)
      for (const [place, byte] of changes) damaged[place] = byte
      const outcome = await readModelMetadata(damaged).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(OnnxModelFileError)
    }),
    { numRuns: 300 },
  )
})
