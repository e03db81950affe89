import { type EarlyTermination, readEarlyTermination } from '../early-stopping/early-termination.ts'
import { createGrid } from '../search/grid-search.ts'
import { type ConfigMap, type ConfigValue, isConfigMap, isConfigNumber, toPythonText } from './config-value.ts'
import { flattenParameters } from './flat-parameters.ts'
import type { Parameter } from './parameter.ts'
import { parseYaml } from './parse-yaml.ts'
import { readParameters } from './read-parameters.ts'
import { SweepConfigError } from './sweep-config-error.ts'
import { findWarnings } from './warnings.ts'

/** How a sweep looks for settings; `custom`: somebody else suggests them. */
export type SweepMethod = 'bayes' | 'random' | 'grid' | 'custom'

/**
 * How `bayes` looks: by a Gaussian process, by tree-structured Parzen estimators, or by the evolution strategy CMA-ES. The key
 * `sampler` is ours: W&B warns of it, and searches by its own Gaussian process.
 */
export type SweepSampler = 'gp' | 'tpe' | 'cmaes'

/** What a sweep makes as small or as large as it can. */
export interface SweepMetric {
  readonly name: string
  readonly goal: 'minimize' | 'maximize'
  /** The sweep has ended once a run reaches it. */
  readonly target: number | undefined
}

/** A sweep's configuration, as far as everybody who looks at it asks for it. */
export interface SweepConfig {
  readonly method: SweepMethod
  /** Only `bayes` asks for it. */
  readonly sampler: SweepSampler
  readonly metric: SweepMetric | undefined
  /** In the order in which they were written. */
  readonly parameters: ReadonlyMap<string, Parameter>
  readonly name: string | undefined
  readonly description: string | undefined
  readonly program: string | undefined
  /** At most so many runs. */
  readonly runCountMax: number | undefined
  /** How runs that do badly are found, which are stopped then; undefined: none are. */
  readonly earlyTermination: EarlyTermination | undefined
  /** Suggestions come from a program of the user. */
  readonly isControllerLocal: boolean
  /** Runs of a grid; undefined where the search has no end of its own. */
  readonly gridPointCount: number | undefined
  /** All of it. */
  readonly source: ConfigMap
}

/** A configuration, and what is odd about it, in W&B's words. */
export interface ParsedSweepConfig {
  readonly config: SweepConfig
  readonly warnings: readonly string[]
}

/**
 * Reads a sweep's YAML. What W&B only warns of is a warning here.
 *
 * @throws {@link SweepConfigError} for a configuration that cannot run.
 */
export function parseSweepConfig(text: string): ParsedSweepConfig {
  const source = parseYaml(text)
  if (!isConfigMap(source))
    throw new SweepConfigError('The configuration must be a mapping with a method and parameters.')
  const parameters = readParameters(source.get('parameters'))
  const metric = readMetric(source.get('metric'))
  const method = readMethod(source.get('method'))
  refuseUnrunnable(source, method, metric, parameters)
  const config: SweepConfig = {
    method,
    sampler: readSampler(source.get('sampler')),
    metric,
    parameters,
    name: textAt(source, 'name'),
    description: textAt(source, 'description'),
    program: textAt(source, 'program'),
    runCountMax: positiveAt(source, 'run_cap'),
    earlyTermination: readEarlyTermination(source.get('early_terminate')),
    isControllerLocal: textAt(source.get('controller'), 'type') === 'local',
    gridPointCount: method === 'grid' ? createGrid(parameters).pointCount : undefined,
    source,
  }
  return { config, warnings: findWarnings(source) }
}

/** An unknown one is warned of; W&B then has nothing that would suggest settings. */
function readMethod(value: ConfigValue | undefined): SweepMethod {
  return value === 'bayes' || value === 'random' || value === 'grid' ? value : 'custom'
}

function readSampler(value: ConfigValue | undefined): SweepSampler {
  if (value === undefined || value === null) return 'gp'
  if (value === 'gp' || value === 'tpe' || value === 'cmaes') return value
  throw new SweepConfigError(`sampler must be gp, tpe or cmaes, not ${toPythonText(value)}.`)
}

function readMetric(value: ConfigValue | undefined): SweepMetric | undefined {
  const name = textAt(value, 'name')
  if (name === undefined) return undefined
  const target = isConfigMap(value) ? value.get('target') : undefined
  return {
    name,
    goal: textAt(value, 'goal') === 'maximize' ? 'maximize' : 'minimize',
    target: isConfigNumber(target) && Number.isFinite(target.value) ? target.value : undefined,
  }
}

function refuseUnrunnable(
  source: ConfigMap,
  method: SweepMethod,
  metric: SweepMetric | undefined,
  parameters: ReadonlyMap<string, Parameter>,
): void {
  if (metric === undefined && (method === 'bayes' || isConfigMap(source.get('early_terminate')))) {
    const what = method === 'bayes' ? 'Bayesian search' : 'Stopping runs early'
    throw new SweepConfigError(`${what} needs a metric: add metric: {name: …, goal: minimize} to the configuration.`)
  }
  const flat = flattenParameters(parameters)
  if (method === 'bayes' && flat.length > 0 && flat.every(({ parameter }) => parameter.kind === 'constant')) {
    throw new SweepConfigError('Bayesian search needs a parameter that is not constant.')
  }
}

function textAt(value: ConfigValue | undefined, key: string): string | undefined {
  const of = isConfigMap(value) ? value.get(key) : undefined
  return typeof of === 'string' && of !== '' ? of : undefined
}

function positiveAt(source: ConfigMap, key: string): number | undefined {
  const value = source.get(key)
  return isConfigNumber(value) && Number.isInteger(value.value) && value.value > 0 ? value.value : undefined
}
