import { OnnxTensorError } from '../errors.ts'
import { fromFloat16Bits } from './float16.ts'
import type { NumberArray, TensorData } from './tensor-data.ts'

/** An output of a session for one example: what it would be if the example had been alone in its batch. */
export interface OutputTensor {
  /** As the session names it, such as `'float16'`. */
  readonly type: string
  /** Begins with a 1 where the output has a row for each example. */
  readonly dims: readonly number[]
  /** As the session gave it: bits for `float16` on Node before 24, bigints for `int64`. A view, not a copy. */
  readonly data: TensorData
  /**
   * As numbers, row by row: `float16` decoded, `int64` and `uint64` converted, `bool` as 0 and 1.
   *
   * @throws {@link OnnxTensorError} for texts, and for whole numbers beyond ±(2^53 − 1).
   */
  readonly numbers: NumberArray
  /** @throws {@link OnnxTensorError} for anything but texts. */
  readonly texts: readonly string[]
}

/** What {@link createOutputTensor} needs. */
export interface OutputTensorParts {
  readonly name: string
  readonly type: string
  readonly dims: readonly number[]
  readonly data: TensorData
}

/** Conversions are made when they are asked for: most outputs of a model are never looked at. */
export function createOutputTensor({ name, type, dims, data }: OutputTensorParts): OutputTensor {
  return {
    type,
    dims,
    data,
    get numbers() {
      return toNumbers(name, type, data)
    },
    get texts() {
      if (Array.isArray(data)) return data
      throw new OnnxTensorError(`The output "${name}" is ${type}, not texts.`, 'Read its numbers.')
    },
  }
}

function toNumbers(name: string, type: string, data: TensorData): NumberArray {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return toSafeNumbers(name, data)
  if (!ArrayBuffer.isView(data)) {
    throw new OnnxTensorError(`The output "${name}" holds texts, not numbers.`, 'Read its texts.')
  }
  // Where there is a Float16Array, the session gives that, and its elements are numbers already.
  return type === 'float16' && data instanceof Uint16Array ? fromFloat16Bits(data) : data
}

function toSafeNumbers(name: string, data: BigInt64Array | BigUint64Array): Float64Array {
  const numbers = new Float64Array(data.length)
  for (const [index, value] of data.entries()) {
    numbers[index] = Number(value)
    if (Number.isSafeInteger(numbers[index])) continue
    throw new OnnxTensorError(
      `The output "${name}" holds ${value}, which a number cannot hold exactly.`,
      'Read its data, which are bigints.',
    )
  }
  return numbers
}
