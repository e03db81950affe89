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
