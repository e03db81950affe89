import type { SweepParameterInfo } from '@lossline/protocol'

/** Keys of the parameters that a sweep gives other values from run to run. */
export function searchedKeys(parameters: readonly SweepParameterInfo[]): readonly string[] {
  return parameters.filter(({ kind }) => kind !== 'constant').map(({ name }) => `config.${name}`)
}
