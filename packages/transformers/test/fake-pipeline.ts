type Outputs = (...args: never[]) => unknown

/** Of the real thing: a function without `call`, whose prototype is its class and which has a `_call`. */
export interface FakePipeline {
  (...args: unknown[]): Promise<unknown>
  task: string
  model: { config: Record<string, unknown> }
  tokenizer: null
  processor: unknown
}

/** A pipeline of any task that answers what it is told, built as transformers.js builds its own. */
export function createFakePipeline(task: string, answer: Outputs, processor: unknown = null): FakePipeline {
  class FakeTaskPipeline {
    async _call(...args: never[]): Promise<unknown> {
      return answer(...args)
    }
  }
  const closure = (...args: unknown[]): Promise<unknown> => Reflect.get(closure, '_call').apply(closure, args)
  Object.setPrototypeOf(closure, FakeTaskPipeline.prototype)
  // The class's prototype is all that is missing of the type.
  return Object.assign(closure, {
    task,
    model: { config: { model_type: 'fake' } },
    tokenizer: null,
    processor,
  }) as FakePipeline
}

/** A `RawImage` of one colour. */
export function makeImage(width: number, height: number, channels: 1 | 3 = 3, value = 100) {
  return { data: new Uint8ClampedArray(width * height * channels).fill(value), width, height, channels }
}

/** A `Tensor`. */
export function makeTensor(dims: number[], data: Float32Array | BigInt64Array) {
  return { dims, type: data instanceof Float32Array ? 'float32' : 'int64', data, size: data.length, location: 'cpu' }
}
