import { type JsonObject, stringifyJson } from '@lossline/protocol'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { InvalidOptionError } from '../options/invalid-option-error.ts'
import type { ApiContext } from './api-context.ts'
import { UnsupportedByServerError } from './api-errors.ts'
import { type RequestOptions, requestOptionNames } from './listing.ts'
import { type StoredSweep, sweepFields, toStoredSweep } from './stored-sweep.ts'
import { listAt, maybeObjectAt, maybeTextAt } from './wire-values.ts'

/** Where a new sweep goes, and what it knows from the start. */
export interface CreateSweepOptions extends RequestOptions {
  /** Default: what the configuration says, else the default project. */
  readonly project?: string | undefined
  /** Default: what the configuration says, else the default entity. */
  readonly entity?: string | undefined
  /** Its name for people. Default: what the configuration says, else its id. */
  readonly name?: string | undefined
  /** Ids of runs of the project that were made before: data of the search, and points that are taken. Default: none. */
  readonly priorRuns?: readonly string[] | undefined
}

const createSweepOptionNames: OptionNames<CreateSweepOptions> = {
  ...requestOptionNames,
  project: true,
  entity: true,
  name: true,
  priorRuns: true,
}

const createMutation = `mutation UpsertSweep(
  $config: String, $entityName: String, $projectName: String, $priorRunsFilters: JSONString,
  $displayName: String
) {
  upsertSweep(input: {
    config: $config, entityName: $entityName, projectName: $projectName, priorRunsFilters: $priorRunsFilters,
    displayName: $displayName
  }) {
    sweep { ...SweepFields project { name entity { name } } }
    configValidationWarnings
  }
}
${sweepFields}`

/**
 * Makes a sweep.
 *
 * @param config - As YAML text or as an object.
 */
export async function createSweep(
  context: ApiContext,
  config: string | object,
  given: CreateSweepOptions,
): Promise<{ readonly sweep: StoredSweep; readonly warnings: readonly string[] }> {
  checkOptions('createSweep', given, createSweepOptionNames)
  const text = toConfigText(config)
  const at = await context.locate({ entity: given.entity, project: given.project }, given)
  const { priorRuns = [], name = null } = given
  const filters = priorRuns.length === 0 ? null : stringifyJson({ $or: priorRuns.map((name) => ({ name })) })
  const variables = {
    config: text,
    entityName: at.entity,
    projectName: at.project,
    priorRunsFilters: filters,
    displayName: name,
  }
  const answer = maybeObjectAt(await context.ask('UpsertSweep', createMutation, variables, given), 'upsertSweep')
  const node = maybeObjectAt(answer, 'sweep')
  if (node === undefined) throw new UnsupportedByServerError('Making a sweep', context.placeName, undefined)
  const project = maybeObjectAt(node, 'project')
  const place = {
    entity: maybeTextAt(maybeObjectAt(project, 'entity'), 'name') ?? at.entity,
    project: maybeTextAt(project, 'name') ?? at.project,
  }
  const warnings = listAt(answer, 'configValidationWarnings').filter((one) => typeof one === 'string')
  return { sweep: toStoredSweep(context, place, node), warnings }
}

/** JSON is YAML. */
function toConfigText(config: unknown): string {
  if (typeof config === 'string') return config
  if (typeof config === 'object' && config !== null && !Array.isArray(config))
    return stringifyJson(config as JsonObject)
  throw new InvalidOptionError(
    'createSweep',
    'the configuration is an object or YAML text.',
    "Pass { method: 'bayes', metric: { name: 'loss', goal: 'minimize' }, parameters: { … } }.",
  )
}
