import { type AlertRecord, fromWireConfig, type JsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import { type GraphqlOptions, objectAt, requestGraphql, textAt } from './graphql.ts'
import { alertPolicy, graphqlPolicy } from './retry-policy.ts'
import type { RunAddress } from './run-api.ts'
import { SendError } from './send-error.ts'
import type { LastLines } from './sent-lines.ts'

const rewindMutation = `mutation RewindRun($runName: String!, $entity: String, $project: String, $metricName: String!,
  $metricValue: Float!) {
  rewindRun(input: { runName: $runName, entityName: $entity, projectName: $project, metricName: $metricName,
    metricValue: $metricValue }) {
    rewoundRun { id name displayName description config sweepName project { id name entity { id name } } historyLineCount }
  }
}`

const resumeQuery = `query RunResumeStatus($project: String, $entity: String, $name: String!) {
  model(name: $project, entityName: $entity) {
    id name entity { id name }
    bucket(name: $name, missingOk: true) {
      id name summaryMetrics displayName logLineCount historyLineCount eventsLineCount historyTail eventsTail config tags
      notes wandbConfig(keys: ["t"])
    }
  }
}`

const alertMutation = `mutation NotifyScriptableRunAlert($entityName: String!, $projectName: String!, $runName: String!,
  $title: String!, $text: String!, $severity: AlertSeverity = INFO, $waitDuration: Duration) {
  notifyScriptableRunAlert(input: { entityName: $entityName, projectName: $projectName, runName: $runName, title: $title,
    text: $text, severity: $severity, waitDuration: $waitDuration }) { success }
}`

/** Which run, as far as it is known before it was announced. */
export interface RunName {
  readonly runId: string
  /** Empty: the server's choice. */
  readonly entity: string
  readonly project: string
}

/** How a writer is named in the config of a run: by itself, and as the key of its environment. Empty: it is not. */
export interface WriterNames {
  readonly writer: string
  readonly environment: string
}

/** Takes a run back to a step. A run that the server does not have stays so. */
export async function rewindRun(
  { runId, entity, project }: RunName,
  step: number,
  options: GraphqlOptions,
): Promise<void> {
  const variables = {
    runName: runId,
    entity: entity || null,
    project: project || null,
    metricName: '_step',
    metricValue: step,
  }
  await requestGraphql('RewindRun', rewindMutation, variables, graphqlPolicy, options)
}

/** What a server has of a run that may be resumed; undefined when it has none. */
export function toResumeBucket(data: JsonObject): JsonObject | undefined {
  const bucket = objectAt(data, 'model', 'bucket')
  return Object.keys(bucket).length === 0 ? undefined : bucket
}

/** The document and its variables by which W&B's client asks for that. */
export function resumeQuestion({ runId, entity, project }: RunName): {
  readonly operationName: string
  readonly query: string
  readonly variables: JsonObject
} {
  const variables = { name: runId, entity: entity || null, project: project || null }
  return { operationName: 'RunResumeStatus', query: resumeQuery, variables }
}

/**
 * Whether a run was announced by a writer before, by the config that the server has. Others that were there since may have
 * taken its name out of it.
 */
export async function wasAnnouncedBy(names: WriterNames, run: RunName, options: GraphqlOptions): Promise<boolean> {
  const { operationName, query, variables } = resumeQuestion(run)
  try {
    const bucket = toResumeBucket(await requestGraphql(operationName, query, variables, graphqlPolicy, options))
    const text = typeof bucket?.config === 'string' ? bucket.config : '{}'
    const { lossline, e: environments } = objectAt(parseJson(text), '_wandb', 'value')
    const isLast = names.writer !== '' && textAt(objectAt(lossline), 'writer') === names.writer
    return isLast || (names.environment !== '' && names.environment in objectAt(environments))
  } catch (error) {
    // A server that refuses to answer, or a config that is none, says nothing.
    if (error instanceof SendError && error.code !== 'server-refused') throw error
    return false
  }
}

/**
 * The user's config that the server has of a run, without what is under `_wandb`. Empty if it has none, refuses the question,
 * or has one that cannot be read.
 */
export async function readServerConfig(run: RunName, options: GraphqlOptions): Promise<JsonObject> {
  const { operationName, query, variables } = resumeQuestion(run)
  try {
    const bucket = toResumeBucket(await requestGraphql(operationName, query, variables, graphqlPolicy, options))
    const { _wandb, ...config } = fromWireConfig(objectAt(parseJson(textAt(objectAt(bucket), 'config') || '{}')))
    return config
  } catch (error) {
    if (error instanceof SendError && error.code !== 'server-refused') throw error
    return {}
  }
}

/** What a server has of a run's lines. */
export interface ServerLines extends LastLines {
  readonly historyCount: number
  readonly eventCount: number
  readonly consoleCount: number
}

/** Asks for that. A server that refuses the question is taken to have none. */
export async function readServerLines(address: RunAddress, options: GraphqlOptions): Promise<ServerLines> {
  const { operationName, query, variables } = resumeQuestion(address)
  const count = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : 0)
  try {
    const bucket = toResumeBucket(await requestGraphql(operationName, query, variables, graphqlPolicy, options))
    return {
      historyCount: count(bucket?.historyLineCount),
      eventCount: count(bucket?.eventsLineCount),
      consoleCount: count(bucket?.logLineCount),
      lastRow: toLastLine(bucket?.historyTail),
      lastEvent: toLastLine(bucket?.eventsTail),
    }
  } catch (error) {
    if (!(error instanceof SendError) || error.code !== 'server-refused') throw error
    return { historyCount: 0, eventCount: 0, consoleCount: 0, lastRow: {}, lastEvent: {} }
  }
}

/** The last of the lines that a tail holds, a JSON text of a list of JSON texts; without members if there is none. */
function toLastLine(tail: JsonValue | undefined): JsonObject {
  try {
    const texts = typeof tail === 'string' ? parseJson(tail) : []
    const last = Array.isArray(texts) ? texts.at(-1) : undefined
    return typeof last === 'string' ? objectAt(parseJson(last)) : {}
  } catch {
    return {}
  }
}

/**
 * Sends an alert.
 *
 * @throws SendError after two attempts.
 */
export async function sendAlert(
  { entity, project, runId }: RunAddress,
  { title = '', text = '', level = 'INFO', waitDuration }: AlertRecord,
  options: GraphqlOptions,
): Promise<void> {
  const variables: JsonObject = {
    entityName: entity,
    projectName: project,
    runName: runId,
    title,
    text,
    severity: level,
    waitDuration: waitDuration === undefined ? null : Number(waitDuration),
  }
  await requestGraphql('NotifyScriptableRunAlert', alertMutation, variables, alertPolicy, options)
}
