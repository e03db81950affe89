import { resumeQuestion, toResumeBucket } from '@lossline/journal'
import { isJsonObject, type JsonObject, type JsonValue } from '@lossline/protocol'
import type { ServerConnection } from '../server/server-connection.ts'
import { type EarlierRun, toEarlierRun } from './earlier-run.ts'

/** Which run. */
export interface RunInProject {
  readonly runId: string
  readonly project: string
  /** `undefined` when the server chooses. */
  readonly entity: string | undefined
}

const placesQuery = `query Run($project: String!, $entity: String!, $name: String!) {
  project(name: $project, entityName: $entity) { run(name: $name) { group jobType } }
}`

const rewindMutation = `mutation RewindRun($runName: String!, $entity: String, $project: String, $metricName: String!,
  $metricValue: Float!) {
  rewindRun(input: { runName: $runName, entityName: $entity, projectName: $project, metricName: $metricName,
    metricValue: $metricValue }) {
    rewoundRun { id name displayName description config sweepName project { id name entity { id name } } historyLineCount }
  }
}`

/**
 * Asks what a server has of a run; `undefined` when it has none that has begun.
 *
 * @throws {@link ServerRequestError}.
 */
export async function askEarlierRun(
  connection: ServerConnection,
  { runId, project, entity }: RunInProject,
): Promise<EarlierRun | undefined> {
  const { operationName, query, variables } = resumeQuestion({ runId, project, entity: entity ?? '' })
  const data = await connection.graphql(operationName, query, variables)
  const bucket = toResumeBucket(data)
  if (bucket === undefined) return undefined
  const owner = entity ?? String(objectAt(data, 'model', 'entity').name ?? '')
  return toEarlierRun(bucket, await askPlaces(connection, { project, entity: owner, name: runId }))
}

/**
 * Takes a run back to a step on the server.
 *
 * @returns Whether the server has the run.
 * @throws {@link ServerRequestError}, also when the run has not come so far.
 */
export async function askRewind(
  connection: ServerConnection,
  { runId, project, entity }: RunInProject,
  step: number,
): Promise<boolean> {
  const variables = {
    runName: runId,
    entity: entity ?? null,
    project,
    metricName: '_step',
    metricValue: step,
  }
  const data = await connection.graphql('RewindRun', rewindMutation, variables)
  return isJsonObject(objectAt(data, 'rewindRun').rewoundRun)
}

/** Group and job type, which the question of W&B's client leaves out. What a server does not say stays unknown. */
async function askPlaces(
  connection: ServerConnection,
  variables: { readonly project: string; readonly entity: string; readonly name: string },
): Promise<{ group: string | undefined; jobType: string | undefined }> {
  const run = await connection.graphql('Run', placesQuery, { ...variables }).then(
    (data) => objectAt(data, 'project', 'run'),
    (): JsonObject => ({}),
  )
  const text = (value: JsonValue | undefined) => (typeof value === 'string' && value !== '' ? value : undefined)
  return { group: text(run.group), jobType: text(run.jobType) }
}

function objectAt(value: JsonObject, ...path: readonly string[]): JsonObject {
  let current: JsonValue | undefined = value
  for (const label of path) current = isJsonObject(current) ? current[label] : undefined
  return isJsonObject(current) ? current : {}
}
