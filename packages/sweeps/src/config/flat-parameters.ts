import type { Parameter } from './parameter.ts'

/** A parameter that is not nested, with the names that lead to it. */
export interface FlatParameter {
  readonly path: readonly string[]
  readonly parameter: Exclude<Parameter, { readonly kind: 'nested' }>
}

/** All parameters, names sorted at every level: the order in which W&B counts their dimensions. */
export function flattenParameters(parameters: ReadonlyMap<string, Parameter>): readonly FlatParameter[] {
  return [...parameters]
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .flatMap(([name, parameter]): readonly FlatParameter[] =>
      parameter.kind === 'nested'
        ? flattenParameters(parameter.parameters).map(({ path, parameter: of }) => ({
            path: [name, ...path],
            parameter: of,
          }))
        : [{ path: [name], parameter }],
    )
}

/** How many points a grid over the parameters has; undefined where one of them has no end of values. */
export function countGridPoints(parameters: ReadonlyMap<string, Parameter>): number | undefined {
  let count = 1
  for (const { parameter } of flattenParameters(parameters)) {
    const values = countValues(parameter)
    if (values === undefined) return undefined
    count *= values
  }
  return count
}

/** `max` belongs to integers, and not to `q_uniform`. */
function countValues(parameter: FlatParameter['parameter']): number | undefined {
  switch (parameter.kind) {
    case 'constant':
      return 1
    case 'categorical':
      return parameter.probabilities === undefined ? parameter.values.length : undefined
    case 'int_uniform':
      return parameter.max - parameter.min + 1
    case 'q_uniform':
      return Math.ceil((parameter.max - parameter.min) / parameter.step.size)
    default:
      return undefined
  }
}
