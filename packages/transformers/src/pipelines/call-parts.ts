import { isChat } from '../rows/text-cell.ts'
import { isRecord, isTensorLike, type TensorLike } from '../transformers-like.ts'
import { taskTraitsOf } from './task-traits.ts'

/** The arguments of a call, taken apart. */
export interface CallParts {
  /** One for each input of a batch; one alone otherwise. */
  readonly inputs: readonly unknown[]
  readonly isBatch: boolean
  /** What stands between input and options: candidate labels, or one context for each question. */
  readonly extra: unknown
  readonly options: Readonly<Record<string, unknown>>
}

/** Takes the arguments of a call apart. A list is a batch, but a list of chat messages is one input. */
export function toCallParts(task: string, args: readonly unknown[]): CallParts {
  const { optionsIndex } = taskTraitsOf(task)
  const [input] = args
  const isBatch = Array.isArray(input) && !isChat(input)
  const options = args[optionsIndex]
  return {
    inputs: isBatch ? input : [input],
    isBatch,
    extra: optionsIndex === 2 ? args[1] : undefined,
    options: isRecord(options) ? options : {},
  }
}

/** What belongs to one input of {@link CallParts.extra}: contexts come in a list beside a list of questions. */
export function extraOfInput(task: string, { extra, isBatch }: CallParts, index: number): unknown {
  return task === 'question-answering' && isBatch && Array.isArray(extra) ? extra[index] : extra
}

/** The output of a call for each of its inputs; `undefined` for all where their numbers do not go together. */
export function splitOutput(
  task: string,
  output: unknown,
  { inputs, isBatch, options }: CallParts,
): readonly unknown[] {
  const count = inputs.length
  if (!isBatch) return [output]
  if (isTensorLike(output)) return output.dims[0] === count ? splitTensor(output) : inputs.map(() => undefined)
  // These take a list of one input, and answer as if it had been no list.
  if (task === 'document-question-answering' || task === 'image-segmentation') return [output]
  if (!Array.isArray(output) || output.length !== count) return inputs.map(() => undefined)
  // With one answer for each input the answers of a batch stand in one flat list.
  const isFlat = task === 'text-classification' && (options.top_k === undefined || options.top_k === 1)
  return isFlat ? output.map((one) => [one]) : output
}

/** How many results there are in all: classes, entities, boxes, texts; one for anything that is no list. */
export function countOutputs(output: unknown, { isBatch, inputs }: CallParts): number {
  if (isTensorLike(output)) return isBatch ? inputs.length : 1
  if (!Array.isArray(output)) return 1
  if (!isBatch) return output.length
  return output.reduce((sum: number, one) => sum + (Array.isArray(one) ? one.length : 1), 0)
}

function splitTensor({ dims, type, data }: TensorLike): TensorLike[] {
  const [count = 0, ...rest] = dims
  const size = data.length / count
  return Array.from({ length: count }, (_, index) => ({
    dims: rest,
    type,
    // A view, since batches are large. What is no list is a typed array.
    data: Array.isArray(data)
      ? data.slice(index * size, (index + 1) * size)
      : (data as Float32Array).subarray(index * size, (index + 1) * size),
  }))
}
