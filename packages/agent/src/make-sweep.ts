import { Api, type CreateSweepOptions, type StoredSweep } from '@lossline/core'
import { checkOptions } from '@lossline/core/adapter'
import { stringifyJson } from '@lossline/protocol'
import { type ConfigValue, parseSweepConfig } from '@lossline/sweeps'
import { type SweepPlace, sweepPlaceNames } from './open-sweep.ts'
import { printLine } from './print-line.ts'

/** Where a sweep is made, and what it knows from the start. */
export interface SweepOptions extends SweepPlace, Pick<CreateSweepOptions, 'priorRuns' | 'name'> {
  /** Prints nothing. Default: false. */
  readonly silent?: boolean | undefined
}

/**
 * Makes a sweep: a search for good settings, whose runs agents start.
 *
 * @param config - W&B's configuration: an object, or YAML text.
 * @returns Its id, for {@link agent}.
 * @throws {@link SweepConfigError} that names the path and the fix for a configuration that no runs can come of;
 *   {@link ServerRequestError}.
 * @example
 * const id = await sweep({
 *   method: 'bayes',
 *   metric: { name: 'loss', goal: 'minimize' },
 *   parameters: { learningRate: { distribution: 'log_uniform_values', min: 1e-4, max: 1e-1 }, units: { values: [16, 32] } },
 * })
 */
export async function sweep(config: string | object, options: SweepOptions = {}): Promise<string> {
  checkOptions('sweep', options, { ...sweepPlaceNames, priorRuns: true, name: true, silent: true })
  const { silent = false, priorRuns, name, ...place } = options
  const api = new Api(place)
  try {
    const made = await makeSweep(api, config, { ...place, priorRuns, name })
    const { id, path, url } = made.sweep
    if (!silent) {
      for (const warning of made.warnings) printLine(`lossline: ${warning}`)
      printLine(`lossline: sweep ${path}${url === undefined ? '' : ` at ${url}`}`)
    }
    return id
  } finally {
    await api.close()
  }
}

/** The same with an Api that is open already. A project or entity in the configuration is meant where nothing else is said. */
export async function makeSweep(
  api: Api,
  config: string | object,
  { project, entity, priorRuns, name }: Omit<SweepOptions, 'silent'>,
): Promise<{ readonly sweep: StoredSweep; readonly warnings: readonly string[] }> {
  // JSON is YAML; and what is wrong is known before anybody is asked.
  const text = typeof config === 'string' ? config : stringifyJson(config as never)
  const { source } = parseSweepConfig(text).config
  return api.createSweep(text, {
    project: project ?? textOf(source.get('project')),
    entity: entity ?? textOf(source.get('entity')),
    priorRuns,
    name,
  })
}

function textOf(value: ConfigValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
