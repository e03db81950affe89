import { type GraphqlOptions, graphqlPolicy, type RetryPolicy, requestGraphql } from '@lossline/journal'
import { isJsonObject, type JsonObject, type JsonValue } from '@lossline/protocol'

/** A run as its server names it. */
interface RunName {
  readonly entity: string
  readonly project: string
  readonly runId: string
}

const idQuery = `query RunStorageId($name: String!, $project: String!, $entity: String!) {
  project(name: $project, entityName: $entity) { run(name: $name) { id } } }`
const stateMutation = `mutation UpdateRunState($id: ID!) {
  updateRunState(input: {id: $id, state: "crashed"}) { success } }`

/** The server has just taken the run, and without this it finds the silence by itself. */
const oncePolicy: RetryPolicy = { ...graphqlPolicy, attemptTimeoutMs: 10_000, retryCountMax: 0 }

/**
 * Tells a server that the process of a run is gone. Never rejects.
 *
 * @returns false if the server does not take that, as W&B's does not: it finds out after five minutes without a word.
 */
export async function markCrashed({ runId, entity, project }: RunName, graphql: GraphqlOptions): Promise<boolean> {
  try {
    const variables = { name: runId, project, entity }
    const data = await requestGraphql('RunStorageId', idQuery, variables, oncePolicy, graphql)
    const { id } = objectOf(objectOf(data.project).run)
    if (typeof id !== 'string') return false
    const answer = await requestGraphql('UpdateRunState', stateMutation, { id }, oncePolicy, graphql)
    return objectOf(answer.updateRunState).success === true
  } catch {
    return false
  }
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}
