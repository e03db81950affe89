import {
  type EnvironmentRecord,
  type JsonObject,
  type MetricRecord,
  type RunState,
  stringifyJson,
  toWireConfig,
  toWireEnvironment,
  toWireMetrics,
  toWireTelemetry,
} from '@lossline/protocol'
import { type GraphqlOptions, objectAt, requestGraphql, textAt } from './graphql.ts'
import { readClearedFields } from './journal-writer.ts'
import { graphqlPolicy, patientPolicy, upsertPolicy } from './retry-policy.ts'
import { SendError } from './send-error.ts'
import { parseUploadHeaders } from './uploads/upload-slot.ts'

/** Where a run is on the server, in the server's spelling. */
export interface RunAddress {
  readonly entity: string
  readonly project: string
  readonly runId: string
  readonly displayName: string
}

const featuresQuery = `query ServerFeaturesQuery { serverInfo { features { name isEnabled } } }`

const upsertMutation = `mutation UpsertBucket($id: String, $name: String, $project: String, $entity: String, $groupName: String,
  $description: String, $displayName: String, $notes: String, $commit: String, $config: JSONString, $host: String,
  $debug: Boolean, $program: String, $repo: String, $jobType: String, $state: String, $sweep: String, $tags: [String!],
  $summaryMetrics: JSONString) {
  upsertBucket(input: { id: $id, name: $name, modelName: $project, entityName: $entity, groupName: $groupName,
    description: $description, displayName: $displayName, notes: $notes, commit: $commit, config: $config, host: $host,
    debug: $debug, jobProgram: $program, jobRepo: $repo, jobType: $jobType, state: $state, sweep: $sweep, tags: $tags,
    summaryMetrics: $summaryMetrics }) {
    bucket { id name displayName sweepName historyLineCount project { id name entity { id name } } }
    inserted
  }
}`

const createFilesMutation = `mutation CreateRunFiles($entity: String!, $project: String!, $run: String!, $files: [String!]!) {
  createRunFiles(input: { entityName: $entity, projectName: $project, runName: $run, files: $files }) {
    runID uploadHeaders files { name uploadUrl }
  }
}`

/** Names of the features that the server has switched on; none if it does not say. */
export async function readFeatures(options: GraphqlOptions): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  try {
    const { features } = objectAt(
      await requestGraphql('ServerFeaturesQuery', featuresQuery, {}, graphqlPolicy, options),
      'serverInfo',
    )
    for (const feature of Array.isArray(features) ? features : []) {
      if (objectAt(feature).isEnabled === true) names.add(textAt(objectAt(feature), 'name'))
    }
  } catch (error) {
    // A server that refuses the question has none of the features; one that is away is another matter.
    if (!(error instanceof SendError) || error.code !== 'server-refused') throw error
  }
  return names
}

/** What the server is told of a run besides its config. */
export function toUpsertVariables(state: RunState, entity: string, project: string): JsonObject {
  const { run = {}, environment = {} } = state
  const cleared = readClearedFields(state)
  const text = (value: string | undefined) => value || null
  const git = environment.git ?? run.git
  return {
    name: text(run.runId),
    entity: text(entity),
    project: text(project),
    displayName: text(run.displayName),
    groupName: text(run.runGroup),
    jobType: text(run.jobType),
    notes: cleared.has('notes') ? '' : text(run.notes),
    tags: cleared.has('tags') ? [] : run.tags === undefined ? null : [...run.tags],
    sweep: text(run.sweepId),
    host: text(run.host ?? environment.host),
    program: text(environment.codePath ?? environment.program),
    commit: text(git?.commit),
    repo: text(git?.remoteUrl),
  }
}

/**
 * The whole config as the server keeps it: the user's, and ours below `_wandb`.
 *
 * @param earlier - What earlier parts of the run had set. It stays where the journal says nothing else.
 */
export function toConfigJson(
  state: RunState,
  options: { readonly writerId: string; readonly sendsGlobs: boolean; readonly earlier: JsonObject },
): string {
  const { writerId, sendsGlobs, earlier } = options
  const { _wandb: internal, ...own } = state.config()
  const config = { ...earlier, ...own }
  const { telemetry, environment } = state
  const globs = state.metrics.filter(({ globName }) => globName)
  const metrics = state.metrics
    .filter(({ globName }) => sendsGlobs || !globName)
    // W&B's uploader counts what a glob defined as defined, too.
    .map((metric) => (metric.expandedFromGlob ? { ...metric, options: { ...metric.options, defined: true } } : metric))
  const ours = {
    ...objectAt(internal),
    // For the process that goes on with the run.
    ...(sendsGlobs || globs.length === 0
      ? {}
      : { lossline: { ...objectAt(objectAt(internal), 'lossline'), globs: toNamedMetrics(globs) } }),
    ...(telemetry.cliVersion ? { cli_version: telemetry.cliVersion } : {}),
    ...(telemetry.pythonVersion ? { python_version: telemetry.pythonVersion } : {}),
    ...(environment === undefined
      ? {}
      : { e: { [environment.writerId || writerId]: toConfigEnvironment(environment) } }),
    t: toWireTelemetry(telemetry),
    m: toWireMetrics(metrics),
  }
  return stringifyJson({ ...toWireConfig(config), _wandb: { value: ours } })
}

/** As W&B's list of metrics, but each names its step metric itself: the list holds nothing else. */
function toNamedMetrics(metrics: readonly MetricRecord[]): JsonObject[] {
  return metrics.map(({ stepMetric, ...metric }) => ({
    ...toWireMetrics([metric])[0],
    ...(stepMetric ? { 4: stepMetric } : {}),
  }))
}

function toConfigEnvironment(environment: EnvironmentRecord): JsonObject {
  return toWireEnvironment(environment)
}

/** Announces a run or changes what the server knows of it. */
export async function upsertRun(
  variables: JsonObject,
  options: GraphqlOptions,
): Promise<{ readonly address: RunAddress; readonly historyLineCount: number }> {
  const data = await requestGraphql('UpsertBucket', upsertMutation, variables, upsertPolicy, options)
  const bucket = objectAt(data, 'upsertBucket', 'bucket')
  const project = objectAt(bucket, 'project')
  const count = bucket.historyLineCount
  return {
    address: {
      entity: textAt(objectAt(project, 'entity'), 'name') || (textAt(variables, 'entity') as string),
      project: textAt(project, 'name') || textAt(variables, 'project'),
      runId: textAt(bucket, 'name') || textAt(variables, 'name'),
      displayName: textAt(bucket, 'displayName'),
    },
    historyLineCount: typeof count === 'number' ? count : 0,
  }
}

/** Where to put the contents of files. */
export interface UploadSlots {
  readonly headers: Readonly<Record<string, string>>
  /** By name; a file that the server does not want is missing. */
  readonly urls: ReadonlyMap<string, string>
}

/** Asks where to upload run files to. */
export async function createRunFiles(
  { entity, project, runId }: RunAddress,
  names: readonly string[],
  options: GraphqlOptions,
): Promise<UploadSlots> {
  const variables = { entity, project, run: runId, files: names }
  const data = await requestGraphql('CreateRunFiles', createFilesMutation, variables, patientPolicy, options)
  const { uploadHeaders, files } = objectAt(data, 'createRunFiles')
  const urls = new Map<string, string>()
  for (const file of Array.isArray(files) ? files : []) {
    const url = textAt(objectAt(file), 'uploadUrl')
    if (url !== '') urls.set(textAt(objectAt(file), 'name'), url)
  }
  return { headers: parseUploadHeaders(uploadHeaders), urls }
}

const markUploadedMutation = `mutation MarkRunFilesUploaded($entity: String!, $project: String!, $run: String!, $files: [String!]!) {
  markRunFilesUploaded(input: { entityName: $entity, projectName: $project, runName: $run, files: $files }) { success }
}`

/** Tells that files are there, to a run that has ended: lines would make it go on. */
export async function markRunFilesUploaded(
  { entity, project, runId }: RunAddress,
  names: readonly string[],
  options: GraphqlOptions,
): Promise<void> {
  const variables = { entity, project, run: runId, files: names }
  await requestGraphql('MarkRunFilesUploaded', markUploadedMutation, variables, patientPolicy, options)
}
