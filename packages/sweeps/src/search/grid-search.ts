import type { StrictJson } from '@lossline/protocol'
import { toPlainValue } from '../config/config-value.ts'
import { type FlatParameter, flattenParameters } from '../config/flat-parameters.ts'
import type { Parameter } from '../config/parameter.ts'
import { SweepConfigError } from '../config/sweep-config-error.ts'
import { put, valueAt } from './paths.ts'
import type { Assignment } from './trial.ts'
import { valueKey } from './value-key.ts'

/** A grid of all values of all parameters, in the order of their names, the last one fastest. */
export interface Grid {
  readonly pointCount: number
  /** The assignment at a place in the order. */
  assignmentAt(place: number): Assignment
  /** Where in the order a run is; undefined if it is at no point of the grid. */
  placeOf(config: Assignment): number | undefined
  /** The first `count` places that no run is at: fewer where fewer are left. */
  freePlaces(configs: Iterable<Assignment>, count: number): readonly number[]
}

/** A parameter's values in their order, each once. */
interface Axis {
  readonly path: readonly string[]
  readonly count: number
  valueAt(index: number): StrictJson
  indexOf(value: StrictJson): number | undefined
}

/**
 * A grid. Its points are counted, not made: a billion of them cost nothing.
 *
 * @throws {@link SweepConfigError} for a parameter with no end of values.
 */
export function createGrid(parameters: ReadonlyMap<string, Parameter>): Grid {
  const axes = flattenParameters(parameters).map(toAxis)
  const pointCount = axes.reduce((total, { count }) => total * count, 1)
  const placeOf = (config: Assignment): number | undefined => {
    let place = 0
    for (const axis of axes) {
      const value = valueAt(config, axis.path)
      const index = value === undefined ? undefined : axis.indexOf(value)
      if (index === undefined) return undefined
      place = place * axis.count + index
    }
    return place
  }
  return {
    pointCount,
    placeOf,
    assignmentAt: (place) => {
      const assignment: Record<string, StrictJson> = {}
      let rest = place
      for (const axis of axes.toReversed()) {
        put(assignment, axis.path, axis.valueAt(rest % axis.count))
        rest = Math.floor(rest / axis.count)
      }
      return assignment
    },
    freePlaces: (configs, count) => {
      const taken = new Set<number | undefined>()
      for (const config of configs) taken.add(placeOf(config))
      const free: number[] = []
      for (let place = 0; place < pointCount && free.length < count; place++) if (!taken.has(place)) free.push(place)
      return free
    },
  }
}

/** `max` belongs to integers, and not to `q_uniform`. */
function toAxis({ path, parameter }: FlatParameter): Axis {
  switch (parameter.kind) {
    case 'constant':
      return listAxis(path, [toPlainValue(parameter.value)])
    case 'categorical':
      if (parameter.probabilities === undefined) return listAxis(path, parameter.values.map(toPlainValue))
      break
    case 'int_uniform':
      return numberAxis(path, { min: parameter.min, step: 1, count: parameter.max - parameter.min + 1 })
    case 'q_uniform': {
      const { min, max, step } = parameter
      return numberAxis(path, { min, step: step.size, count: Math.ceil((max - min) / step.size) })
    }
  }
  throw new SweepConfigError(
    `Parameter ${path.join('.')} is a disallowed type with grid search: ${parameter.kind}. Grid search takes constant, categorical, int_uniform and q_uniform parameters.`,
  )
}

function numberAxis(
  path: readonly string[],
  { min, step, count }: { readonly min: number; readonly step: number; readonly count: number },
): Axis {
  return {
    path,
    count,
    valueAt: (index) => min + index * step,
    indexOf: (value) => {
      if (typeof value !== 'number') return undefined
      const index = Math.round((value - min) / step)
      return index >= 0 && index < count && min + index * step === value ? index : undefined
    },
  }
}

function listAxis(path: readonly string[], values: readonly StrictJson[]): Axis {
  const byKey = new Map(values.map((value) => [valueKey(value), value]))
  const distinct = [...byKey.values()]
  const indexByKey = new Map([...byKey.keys()].map((key, index) => [key, index]))
  const objects = values.filter(isObject)
  const ownKeys = new Set(objects.flatMap((value) => Object.keys(value)))
  return {
    path,
    count: distinct.length,
    valueAt: (index) => distinct[index]!,
    // What a run added to an object is not compared.
    indexOf: (value) =>
      indexByKey.get(
        valueKey(
          objects.length > 0 && isObject(value)
            ? Object.fromEntries(Object.entries(value).filter(([key]) => ownKeys.has(key)))
            : value,
        ),
      ),
  }
}

function isObject(value: StrictJson): value is { readonly [key: string]: StrictJson } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
