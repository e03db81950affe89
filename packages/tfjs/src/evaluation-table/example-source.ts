import { TfjsOptionError } from '../errors.ts'
import type { DatasetLike, ModelLike, OwnedTensorLike, ShapedTensorLike } from '../tensorflow-like.ts'
import { takeRows } from './with-rows.ts'

/** Where examples come from: tensors of the program, or a data set that makes them when it is read. */
export type ExampleSource =
  | {
      readonly kind: 'tensors'
      readonly inputs: readonly ShapedTensorLike[]
      readonly truths: readonly ShapedTensorLike[]
      readonly count: number
    }
  | { readonly kind: 'dataset'; readonly dataset: DatasetLike }

/** Some examples. */
export interface Examples {
  /** One for each input of the model; the first axis is the examples. */
  readonly inputs: readonly ShapedTensorLike[]
  /** One for each output; empty without labels. */
  readonly truths: readonly ShapedTensorLike[]
  /** How many there are. */
  readonly rowCount: number
}

/** Examples that stay until they are disposed of. */
export interface HeldExamples extends Examples {
  dispose(): void
}

/**
 * All examples in batches, each of them gone once the next one is asked for.
 *
 * @param batchSize - Of tensors; a data set has batches of its own.
 * @throws {@link TfjsOptionError}
 */
export async function* batchesOf(
  source: ExampleSource,
  { batchSize, model }: { readonly batchSize: number; readonly model: ModelLike },
): AsyncGenerator<Examples, void> {
  if (source.kind === 'dataset') {
    for await (const { inputs, truths, rowCount } of readDataset(source.dataset, model)) {
      try {
        yield { inputs, truths, rowCount }
      } finally {
        disposeAll([...inputs, ...truths])
      }
    }
    return
  }
  for (let start = 0; start < source.count; start += batchSize) {
    const rowCount = Math.min(batchSize, source.count - start)
    const taken: OwnedTensorLike[] = []
    const take = (tensor: ShapedTensorLike): ShapedTensorLike => {
      if (rowCount === source.count) return tensor
      taken.push(takeRows(tensor, { start, count: rowCount }))
      return taken.at(-1) as OwnedTensorLike
    }
    try {
      yield { inputs: source.inputs.map(take), truths: source.truths.map(take), rowCount }
    } finally {
      disposeAll(taken)
    }
  }
}

/**
 * The first examples: tensors as they are, which may hold more; of a data set as many as are wanted.
 *
 * @throws {@link TfjsOptionError}
 */
export async function holdExamples(
  source: ExampleSource,
  { maxRows, model }: { readonly maxRows: number; readonly model: ModelLike },
): Promise<HeldExamples> {
  if (source.kind === 'tensors') {
    const { inputs, truths, count } = source
    return { inputs, truths, rowCount: Math.min(count, maxRows), dispose: () => {} }
  }
  const batches: OwnedExamples[] = []
  try {
    let rowCount = 0
    for await (const batch of readDataset(source.dataset, model)) {
      batches.push(batch)
      rowCount += batch.rowCount
      if (rowCount >= maxRows) break
    }
    const joined = joinBatches(batches)
    const held = [...joined.inputs, ...joined.truths]
    return { ...joined, rowCount: Math.min(rowCount, maxRows), dispose: () => disposeAll(held) }
  } finally {
    for (const { inputs, truths } of batches) disposeAll([...inputs, ...truths])
  }
}

/** A batch of a data set, which is ours to dispose of, as it is of `fitDataset`. */
interface OwnedExamples extends Examples {
  readonly inputs: readonly OwnedTensorLike[]
  readonly truths: readonly OwnedTensorLike[]
}

async function* readDataset(dataset: DatasetLike, model: ModelLike): AsyncGenerator<OwnedExamples, void> {
  const iterator = await dataset.iterator()
  for (;;) {
    const { done, value } = await iterator.next()
    if (done === true) return
    const { xs, ys }: { xs?: unknown; ys?: unknown } = typeof value === 'object' && value !== null ? value : {}
    const inputs = toTensors(xs, Reflect.get(model, 'inputNames'))
    const truths = toTensors(ys, Reflect.get(model, 'outputNames'))
    const rowCount = inputs[0]?.shape[0]
    const isBatch = rowCount !== undefined && [...inputs, ...truths].every(({ shape }) => shape[0] === rowCount)
    if (!isBatch) {
      disposeAll([...inputs, ...truths])
      throw new TfjsOptionError(
        'The data set gives no batches { xs, ys } of tensors.',
        'Pass one that fitDataset takes: tf.data.zip({ xs, ys }).batch(32).',
      )
    }
    yield { inputs, truths, rowCount }
  }
}

/** What `fitDataset` takes for one side: a tensor, a list, or tensors by the names of inputs or outputs. */
function toTensors(given: unknown, names: unknown): OwnedTensorLike[] {
  if (typeof given !== 'object' || given === null) return []
  if (isTensor(given)) return [given]
  const members: readonly unknown[] =
    Array.isArray(given) || !Array.isArray(names)
      ? Object.values(given)
      : names.map((name: string) => Reflect.get(given, name))
  return members.filter(isTensor)
}

function isTensor(value: unknown): value is OwnedTensorLike {
  return typeof value === 'object' && value !== null && 'shape' in value && 'dispose' in value
}

/** New tensors with the rows of all batches. */
function joinBatches(batches: readonly OwnedExamples[]): Pick<OwnedExamples, 'inputs' | 'truths'> {
  const [first, ...others] = batches
  if (first === undefined) return { inputs: [], truths: [] }
  const join = (side: 'inputs' | 'truths') =>
    first[side].map((tensor, index) =>
      joinRows(
        tensor,
        others.flatMap((batch) => batch[side][index] ?? []),
      ),
    )
  return { inputs: join('inputs'), truths: join('truths') }
}

function joinRows(tensor: OwnedTensorLike, others: readonly OwnedTensorLike[]): OwnedTensorLike {
  const name = others.length === 0 ? 'clone' : 'concat'
  const method: unknown = Reflect.get(tensor, name)
  if (typeof method !== 'function') {
    throw new TfjsOptionError('The data set gives no tensors of TensorFlow.js.', 'Pass one of tf.data.')
  }
  return Reflect.apply(method, tensor, others.length === 0 ? [] : [others, 0]) as OwnedTensorLike
}

function disposeAll(tensors: readonly OwnedTensorLike[]): void {
  for (const tensor of tensors) tensor.dispose()
}
