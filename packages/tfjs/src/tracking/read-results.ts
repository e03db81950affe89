import { isSynchronousBackend } from '../environment/engine.ts'

/** Numbers that are there at once where reading costs nothing, else when the GPU is done. */
export type ReadNumbers = readonly number[] | Promise<readonly number[]>

/**
 * Reads the scalars that `evaluate` returns. They belong to the caller, who may dispose of them right after: the reads
 * start before this returns.
 */
export function readScalars(result: unknown): ReadNumbers {
  const scalars: readonly unknown[] = Array.isArray(result) ? result : [result]
  if (isSynchronousBackend()) return scalars.map(readNow)
  return Promise.all(scalars.map(readLater))
}

/**
 * The values of `evaluate` or `trainOnBatch` by name. tfjs-layers 4 returns n − 1 values too many for n outputs, before
 * the losses of the outputs (tensorflow/tfjs#5941); they are running sums of these, of which the last is the total.
 *
 * @param names - `model.metricsNames`.
 */
export function nameResults(names: readonly string[], values: readonly number[]): Record<string, number> {
  const surplus = Math.max(0, values.length - names.length)
  const named = names.map((name, index) => [name, values[index + surplus]] as const)
  return Object.fromEntries(named.filter((entry): entry is readonly [string, number] => entry[1] !== undefined))
}

function readNow(scalar: unknown): number {
  if (typeof scalar === 'number') return scalar
  const values = callReader(scalar, 'dataSync') as ArrayLike<number> | undefined
  return values?.[0] ?? Number.NaN
}

async function readLater(scalar: unknown): Promise<number> {
  if (typeof scalar === 'number') return scalar
  const values = (await callReader(scalar, 'data')) as ArrayLike<number> | undefined
  return values?.[0] ?? Number.NaN
}

function callReader(scalar: unknown, name: 'data' | 'dataSync'): unknown {
  if (typeof scalar !== 'object' || scalar === null) return undefined
  const read: unknown = Reflect.get(scalar, name)
  return typeof read === 'function' ? Reflect.apply(read, scalar, []) : undefined
}
