import { type ConfigMap, type ConfigValue, isConfigMap, isConfigNumber, toPythonText } from './config-value.ts'
import { type Parameter, readParameter } from './parameter.ts'

const methods = ['bayes', 'random', 'grid', 'custom']
const topLevelKeys = new Set([
  ...['method', 'parameters', 'metric', 'metrics', 'early_terminate', 'run_cap', 'program', 'command', 'name'],
  // The first is ours.
  ...[
    'sampler',
    'description',
    'project',
    'entity',
    'controller',
    'scheduler',
    'job',
    'image_uri',
    'apiVersion',
    'kind',
  ],
])
const namePattern = /^[A-Za-z_][A-Za-z0-9_.-]*$/

/** What is odd about a configuration, in the words of W&B's library. */
export function findWarnings(source: ConfigMap): readonly string[] {
  return [
    ...topLevelWarnings(source),
    ...combinationWarnings(source),
    ...parameterWarnings(source.get('parameters'), ''),
  ]
}

function topLevelWarnings(source: ConfigMap): readonly string[] {
  const warnings: string[] = []
  const unknown = [...source.keys()].filter((key) => !topLevelKeys.has(key))
  if (unknown.length > 0) {
    const verb = unknown.length === 1 ? 'was' : 'were'
    const list = unknown.map(toPythonText).join(', ')
    warnings.push(`Additional properties are not allowed (${list} ${verb} unexpected)`)
  }
  const method = source.get('method')
  if (method === undefined) warnings.push("'method' is a required property")
  else if (typeof method !== 'string' || !methods.includes(method)) {
    warnings.push(`${toPythonText(method)} is not one of ${toPythonText(methods)}`)
    if (method === 'gp' || method === 'tpe' || method === 'cmaes') {
      warnings.push(`Write method: bayes and sampler: ${method} instead.`)
    }
  }
  const cap = source.get('run_cap')
  if (isConfigNumber(cap) && cap.value <= 0) {
    warnings.push(`${toPythonText(cap)} is less than or equal to the minimum of 0`)
  } else if (cap !== undefined && !(isConfigNumber(cap) && cap.kind === 'integer')) {
    warnings.push(`${toPythonText(cap)} is not of type 'integer'`)
  }
  return warnings
}

function combinationWarnings(source: ConfigMap): readonly string[] {
  const scheduler = source.get('scheduler')
  const hasSearchSpace = isConfigMap(scheduler) && scheduler.has('search_space')
  const parameters = source.get('parameters')
  const hasParameters = isConfigMap(parameters) && parameters.size > 0
  const controller = source.get('controller')
  const isLocal = isConfigMap(controller) && controller.get('type') === 'local'
  return [
    ...(hasParameters || hasSearchSpace ? [] : ['`parameters` is required unless `scheduler.search_space` is set.']),
    ...(source.has('metric') && source.has('metrics') ? ['`metric` and `metrics` exclude each other.'] : []),
    ...(source.has('metrics') && source.get('method') !== 'custom' ? ['`metrics` needs `method: custom`.'] : []),
    ...(source.has('sampler') && source.get('method') !== 'bayes' ? ['`sampler` needs `method: bayes`.'] : []),
    ...(scheduler !== undefined && isLocal ? ['`scheduler` and a local controller exclude each other.'] : []),
    ...(scheduler !== undefined && source.has('early_terminate')
      ? ['`scheduler` and `early_terminate` exclude each other.']
      : []),
  ]
}

function parameterWarnings(definitions: ConfigValue | undefined, prefix: string): readonly string[] {
  if (!isConfigMap(definitions)) return []
  return [...definitions].flatMap(([name, definition]) => {
    const path = `${prefix}${name}`
    const warnings: string[] = []
    if (!namePattern.test(name)) warnings.push(`${toPythonText(name)} does not match '^${namePattern.source}'`)
    if (!isConfigMap(definition)) return warnings
    const nested = definition.get('parameters')
    if (isConfigMap(nested) && definition.size === 1) return [...warnings, ...parameterWarnings(nested, `${path}.`)]
    const parameter = readParameter(definition)
    if (parameter === undefined) {
      warnings.push(`${toPythonText(definition)} is not valid under any of the given schemas`)
      warnings.push(`invalid hyperparameter configuration: ${path}`)
      return warnings
    }
    return [...warnings, ...valueWarnings(path, parameter, definition)]
  })
}

function valueWarnings(path: string, parameter: Parameter, definition: ConfigMap): readonly string[] {
  const warnings: string[] = []
  if ('min' in parameter && parameter.min >= parameter.max) {
    const [low, high] = [definition.get('min')!, definition.get('max')!]
    warnings.push(`${path}: min ${toPythonText(low)} is not less than max ${toPythonText(high)}`)
  }
  if (parameter.kind === 'categorical' && parameter.probabilities !== undefined) {
    const { values, probabilities } = parameter
    const said = toPythonText(definition.get('probabilities')!)
    const sum = probabilities.reduce((total, one) => total + one, 0)
    if (values.length !== probabilities.length) {
      warnings.push(
        `Parameter ${path}: values ${toPythonText(values)} and probabilities ${said} are not the same length`,
      )
    }
    if (Math.abs(sum - 1) > 1e-8) warnings.push(`Parameter ${path}: Probabilities ${said} do not sum to 1`)
  }
  if (parameter.kind === 'log_uniform' || parameter.kind === 'inv_log_uniform' || parameter.kind === 'q_log_uniform') {
    warnings.push(
      `${path} uses ${parameter.kind}, where min/max specify base-e exponents. Use ${parameter.kind}_values to specify limit values.`,
    )
  }
  return warnings
}
