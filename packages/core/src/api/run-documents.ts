/** What is asked of every run. */
const runFields = `fragment RunFields on Run {
  id name displayName state group jobType sweepName commit notes tags createdAt heartbeatAt historyLineCount
  config summaryMetrics user { username }
}`

export const runQuery: string = `query Run($entity: String!, $project: String!, $name: String!) {
  project(name: $project, entityName: $entity) { run(name: $name) { ...RunFields } }
}
${runFields}`

export const runsQuery: string = `query Runs($entity: String!, $project: String!, $cursor: String, $perPage: Int, $order: String,
  $filters: JSONString) {
  project(name: $project, entityName: $entity) {
    runs(filters: $filters, after: $cursor, first: $perPage, order: $order) {
      edges { node { ...RunFields } cursor } pageInfo { endCursor hasNextPage }
    }
  }
}
${runFields}`

export const runCountQuery: string = `query RunCount($entity: String!, $project: String!, $filters: JSONString) {
  project(name: $project, entityName: $entity) { runCount(filters: $filters) }
}`

export const runStateQuery: string = `query RunState($entity: String!, $project: String!, $name: String!) {
  project(name: $project, entityName: $entity) { run(name: $name) { state } }
}`

export const updateRunMutation: string = `mutation UpsertBucket($id: String!, $displayName: String, $notes: String, $tags: [String!],
  $groupName: String, $jobType: String, $config: JSONString, $summaryMetrics: JSONString) {
  upsertBucket(input: { id: $id, displayName: $displayName, notes: $notes, tags: $tags, groupName: $groupName,
    jobType: $jobType, config: $config, summaryMetrics: $summaryMetrics }) { bucket { ...RunFields } }
}
${runFields}`

export const moveRunsMutation: string = `mutation MoveRuns($input: MoveRunsInput!) {
  moveRuns(input: $input) { clientMutationId }
}`

export const deleteRunMutation: string = `mutation DeleteRun($id: ID!, $deleteArtifacts: Boolean) {
  deleteRun(input: { id: $id, deleteArtifacts: $deleteArtifacts }) { clientMutationId }
}`

export const stopRunMutation: string = `mutation StopRun($id: ID!) { stopRun(input: { id: $id }) { success } }`

export const historyKeysQuery: string = `query RunHistoryKeys($entity: String!, $project: String!, $name: String!) {
  project(name: $project, entityName: $entity) { run(name: $name) { historyKeys } }
}`

export const systemMetricsQuery: string = `query RunSystemMetrics($entity: String!, $project: String!, $name: String!) {
  project(name: $project, entityName: $entity) { run(name: $name) { systemMetrics } }
}`

export const fullHistoryQuery: string = `query RunFullHistory($entity: String!, $project: String!, $name: String!, $samples: Int) {
  project(name: $project, entityName: $entity) { run(name: $name) { history(samples: $samples) } }
}`

export const eventsQuery: string = `query RunFullHistory($entity: String!, $project: String!, $name: String!, $samples: Int) {
  project(name: $project, entityName: $entity) { run(name: $name) { events(samples: $samples) } }
}`

export const sampledHistoryQuery: string = `query RunSampledHistory($entity: String!, $project: String!, $name: String!,
  $specs: [JSONString!]!) {
  project(name: $project, entityName: $entity) { run(name: $name) { sampledHistory(specs: $specs) } }
}`

export const historyPageQuery: string = `query HistoryPage($entity: String!, $project: String!, $name: String!, $minStep: Int64!,
  $maxStep: Int64!, $pageSize: Int!) {
  project(name: $project, entityName: $entity) {
    run(name: $name) { history(minStep: $minStep, maxStep: $maxStep, samples: $pageSize) }
  }
}`

export const logLinesQuery: string = `query RunConsoleLogPage($entity: String!, $project: String!, $name: String!, $first: Int,
  $after: String) {
  project(name: $project, entityName: $entity) { run(name: $name) {
    logLineCount
    logLines(first: $first, after: $after, useImprovedPagination: true) {
      edges { node { number timestamp level label line } cursor } pageInfo { endCursor hasNextPage }
    }
  } }
}`

export const logTailQuery: string = `query RunConsoleLogTail($entity: String!, $project: String!, $name: String!, $last: Int!) {
  project(name: $project, entityName: $entity) { run(name: $name) {
    logLines(last: $last) { edges { node { number timestamp level label line } } }
  } }
}`
