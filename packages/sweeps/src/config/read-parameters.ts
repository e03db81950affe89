import { type ConfigValue, isConfigMap } from './config-value.ts'
import { type Parameter, readParameter } from './parameter.ts'
import { SweepConfigError } from './sweep-config-error.ts'

/** The parameters that have a shape that W&B knows; the others are warned of. @throws {@link SweepConfigError} */
export function readParameters(definitions: ConfigValue | undefined): ReadonlyMap<string, Parameter> {
  const parameters = new Map<string, Parameter>()
  if (!isConfigMap(definitions)) return parameters
  for (const [name, definition] of definitions) {
    if (!isConfigMap(definition)) throw new SweepConfigError(`Invalid configuration for hyperparameter '${name}'`)
    const parameter = readParameter(definition)
    if (parameter !== undefined) parameters.set(name, parameter)
  }
  return parameters
}
