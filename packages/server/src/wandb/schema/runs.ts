/** Runs, which older documents call buckets. */
export const runsSchema: string = `
type Mutation {
  upsertBucket(input: UpsertBucketInput!): UpsertBucketPayload
  updateRunState(input: UpdateRunStateInput!): SuccessPayload
  stopRun(input: StopRunInput!): SuccessPayload
  rewindRun(input: RewindRunInput!): RewindRunPayload
  deleteRun(input: DeleteRunInput!): SuccessPayload
  notifyScriptableRunAlert(input: NotifyScriptableRunAlertInput!): SuccessPayload
}
enum AlertSeverity { INFO WARN ERROR }
type Run {
  id: ID!
  name: String!
  projectId: Int!
  project: Project
  displayName: String
  description: String
  notes: String
  tags: [String!]
  group: String
  jobType: String
  sweepName: String
  commit: String
  host: String
  state: String
  readOnly: Boolean
  createdAt: DateTime!
  heartbeatAt: DateTime
  updatedAt: DateTime
  user: User
  config: JSONString
  wandbConfig(keys: [String!]): JSONString
  summaryMetrics: JSONString
  systemMetrics: JSONString
  historyLineCount: Int
  eventsLineCount: Int
  logLineCount: Int
  historyTail: JSONString
  eventsTail: JSONString
  historyKeys: JSON
  history(minStep: Int64, maxStep: Int64, samples: Int): [JSONString!]
  events(samples: Int): [JSONString!]
  sampledHistory(specs: [JSONString!]!): [JSON!]!
  parquetHistory(liveKeys: [String!]!): ParquetHistory!
  logLines(first: Int, after: String, last: Int, before: String, useImprovedPagination: Boolean): LogLineConnection
  files(names: [String], pattern: String, after: String, first: Int): FileConnection
  fileCount: Int
  exitcode: Int
  stopped: Boolean
  shouldStop: Boolean
  failed: Boolean
  running: Boolean
}
type RunEdge { node: Run! cursor: String! }
type RunConnection { edges: [RunEdge!]! pageInfo: PageInfo! }
type ParquetHistory { parquetUrls: [String!]! liveData: [JSON!]! }
type LogLine { number: Int timestamp: String level: String label: String line: String }
type LogLineEdge { node: LogLine! cursor: String! }
type LogLineConnection { edges: [LogLineEdge!]! pageInfo: PageInfo! }
input UpsertBucketInput {
  id: String
  name: String
  modelName: String
  entityName: String
  groupName: String
  description: String
  displayName: String
  notes: String
  tags: [String!]
  config: JSONString
  summaryMetrics: JSONString
  state: String
  commit: String
  host: String
  debug: Boolean
  jobProgram: String
  jobRepo: String
  jobType: String
  sweep: String
  clientMutationId: String
}
type UpsertBucketPayload { bucket: Run inserted: Boolean clientMutationId: String }
input UpdateRunStateInput { id: ID! state: String! clientMutationId: String }
input RewindRunInput {
  runName: String!
  entityName: String
  projectName: String
  metricName: String!
  metricValue: Float!
  clientMutationId: String
}
type RewindRunPayload { rewoundRun: Run clientMutationId: String }
input StopRunInput { id: ID! clientMutationId: String }
input DeleteRunInput { id: ID! deleteArtifacts: Boolean clientMutationId: String }
input NotifyScriptableRunAlertInput {
  entityName: String!
  projectName: String!
  runName: String!
  title: String!
  text: String!
  severity: AlertSeverity
  waitDuration: Duration
  clientMutationId: String
}
`
