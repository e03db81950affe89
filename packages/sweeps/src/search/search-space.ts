import type { StrictJson } from '@lossline/protocol'
import { type ConfigValue, toPlainValue } from '../config/config-value.ts'
import { type FlatParameter, flattenParameters } from '../config/flat-parameters.ts'
import type { Parameter } from '../config/parameter.ts'
import { distribution, type NumberParameter, quantile } from '../distributions/distribution.ts'
import { put, valueAt } from './paths.ts'
import type { Assignment } from './trial.ts'
import { valueKey } from './value-key.ts'

/** A parameter that a search may choose, as an axis from 0 to 1. */
export interface Dimension {
  readonly path: readonly string[]
  /** Values of `category` have no order: their coordinates differ, or they do not. */
  readonly kind: 'number' | 'category'
  /** How many values there are; undefined: more than can be told apart, or no end of them. */
  readonly valueCount: number | undefined
  /** Of a category: a share for each of its values. */
  readonly shares?: readonly number[]
  /** The value at a share of the distribution. */
  valueAt(share: number): StrictJson
  /** The middle of the shares that lead to a value; undefined for what the parameter never is. */
  shareOf(value: StrictJson | undefined): number | undefined
}

/** What a search searches: a cube with an axis for each parameter that is not constant. */
export interface SearchSpace {
  readonly dimensions: readonly Dimension[]
  /** All parameters, constants too, at a point of the cube. */
  assignmentAt(point: ArrayLike<number>): Assignment
  /** Where a run is; undefined if it lacks a parameter, or has a value that it never is. */
  pointOf(config: Assignment): readonly number[] | undefined
  /** The nearest point that an assignment leads back to: rounded where a parameter has steps. */
  snap(point: ArrayLike<number>): readonly number[]
}

/** The cube of the parameters that are not constant, in the order of {@link flattenParameters}. */
export function createSearchSpace(parameters: ReadonlyMap<string, Parameter>): SearchSpace {
  const flat = flattenParameters(parameters)
  const dimensions = flat.flatMap((one) => toDimension(one) ?? [])
  const constants = flat.flatMap(({ path, parameter }) =>
    parameter.kind === 'constant' ? [{ path, value: toPlainValue(parameter.value) }] : [],
  )
  const assignmentAt = (point: ArrayLike<number>): Assignment => {
    const assignment: Record<string, StrictJson> = {}
    for (const { path, value } of constants) put(assignment, path, value)
    for (const [index, dimension] of dimensions.entries()) {
      put(assignment, dimension.path, dimension.valueAt(point[index]!))
    }
    return assignment
  }
  const pointOf = (config: Assignment): readonly number[] | undefined => {
    const point: number[] = []
    for (const dimension of dimensions) {
      const share = dimension.shareOf(valueAt(config, dimension.path))
      if (share === undefined) return undefined
      point.push(share)
    }
    return point
  }
  return {
    dimensions,
    assignmentAt,
    pointOf,
    snap: (point) =>
      dimensions.map((dimension, index) =>
        dimension.valueCount === undefined ? point[index]! : dimension.shareOf(dimension.valueAt(point[index]!))!,
      ),
  }
}

function toDimension({ path, parameter }: FlatParameter): Dimension | undefined {
  switch (parameter.kind) {
    case 'constant':
      return undefined
    case 'categorical':
      return toCategory(path, parameter.values, parameter.probabilities)
    default:
      return toNumber(path, parameter)
  }
}

function toCategory(
  path: readonly string[],
  values: readonly ConfigValue[],
  probabilities: readonly number[] | undefined,
): Dimension {
  const ends: number[] = []
  let end = 0
  for (let i = 0; i < values.length; i++) {
    end += probabilities?.[i] ?? 1 / values.length
    ends.push(end)
  }
  const plain = values.map(toPlainValue)
  const shares = ends.map((one, index) => ((ends[index - 1] ?? 0) + one) / 2)
  // A value that is there twice is the first of both.
  const shareByKey = new Map([...plain.entries()].reverse().map(([index, value]) => [valueKey(value), shares[index]!]))
  return {
    path,
    kind: 'category',
    valueCount: values.length,
    shares,
    valueAt: (share) => {
      const index = ends.findIndex((one) => share < one)
      return plain[index < 0 ? plain.length - 1 : index]!
    },
    shareOf: (value) => (value === undefined ? undefined : shareByKey.get(valueKey(value))),
  }
}

function toNumber(path: readonly string[], parameter: NumberParameter): Dimension {
  const valueCount = countValues(parameter)
  const half = parameter.kind === 'int_uniform' ? 0.5 / (parameter.max - parameter.min + 1) : 0
  return {
    path,
    kind: 'number',
    valueCount,
    valueAt: (share) => quantile(parameter, share),
    shareOf: (value) =>
      typeof value === 'number' && Number.isFinite(value) ? distribution(parameter, value) - half : undefined,
  }
}

/** Only where a step makes them few enough that a search had better go from one to the next. */
function countValues(parameter: NumberParameter): number | undefined {
  if (parameter.kind === 'int_uniform') return parameter.max - parameter.min + 1
  if (!('step' in parameter)) return undefined
  const span = quantile(parameter, 0.999) - quantile(parameter, 0.001)
  return Math.max(1, Math.round(span / parameter.step.size) + 1)
}
