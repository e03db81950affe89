import { describeValue } from '@lossline/core/adapter'
import { createSeededRandom } from '@lossline/evaluation'
import { TransformersOptionError } from '../errors.ts'
import { checkExample, type ExampleInput, exampleHint, refuseExample } from '../evaluation/example-input.ts'

/** One example to learn from. */
export interface LabelledExample extends ExampleInput {
  /** Name of its class, or the number of it in the list of labels. */
  readonly label: string | number
}

/** Refuses what is no list of examples with labels. @param option - Its name, for the error. @throws TransformersOptionError */
export function checkExamples(option: string, examples: unknown): void {
  if (!Array.isArray(examples)) {
    throw new TransformersOptionError(`${option} is ${describeValue(examples)}.`, exampleHint)
  }
  for (const [index, example] of examples.entries()) {
    checkExample(`${option}[${index}]`, example)
    if (example.label === undefined) throw refuseExample(`${option}[${index}]`, example)
  }
}

/** The names of the classes: as given, or those of the examples in alphabetic order. */
export function findLabels(
  given: readonly string[] | undefined,
  examples: readonly LabelledExample[],
): readonly string[] {
  if (given !== undefined) return given
  const names = new Set(examples.map(({ label }) => label))
  const missing = [...names].find((name) => typeof name !== 'string')
  if (missing !== undefined) {
    throw new TransformersOptionError(
      `An example has the label ${missing}.`,
      'Pass the names of the classes as labels.',
    )
  }
  return [...names].map(String).toSorted()
}

/** Numbers of the classes of examples. @throws TransformersOptionError for a label that is no class. */
export function toClassIds(examples: readonly LabelledExample[], labels: readonly string[]): Int32Array {
  const numbers = new Map(labels.map((name, index) => [name, index]))
  return Int32Array.from(examples, ({ label }) => {
    const id = typeof label === 'number' ? label : numbers.get(label)
    if (id !== undefined && Number.isInteger(id) && id >= 0 && id < labels.length) return id
    throw new TransformersOptionError(
      `An example has the label ${describeValue(label)}, which is none of ${labels.join(', ')}.`,
      'Pass the names of all classes as labels, or correct the example.',
    )
  })
}

/** The batches of an epoch: places of examples, in an order that seed and epoch decide. */
export function toBatches(
  count: number,
  batchSize: number,
  order: { seed: number; epoch: number; dropLast: boolean },
): Int32Array[] {
  const places = Int32Array.from({ length: count }, (_, index) => index)
  const random = createSeededRandom(order.seed * 1_000_003 + order.epoch)
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const kept = places[last] ?? 0
    places[last] = places[other] ?? 0
    places[other] = kept
  }
  const batches = []
  for (let start = 0; start < count; start += batchSize) {
    const batch = places.subarray(start, start + batchSize)
    if (batch.length === batchSize || !order.dropLast) batches.push(batch)
  }
  return batches
}
