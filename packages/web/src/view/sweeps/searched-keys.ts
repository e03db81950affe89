import type { SweepMetricInfo, SweepParameterInfo } from '@lossline/protocol'

/** Keys of the parameters that a sweep gives other values from run to run. */
export function searchedKeys(parameters: readonly SweepParameterInfo[]): readonly string[] {
  return parameters.filter(({ kind }) => kind !== 'constant').map(({ name }) => `config.${name}`)
}

/** The key of what a sweep makes small or large; undefined: it has no metric. */
export function outcomeOf(metric: SweepMetricInfo | null): string | undefined {
  return metric === null ? undefined : `summary.${metric.name}`
}
