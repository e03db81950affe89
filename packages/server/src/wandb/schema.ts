/**
 * The part of W&B's GraphQL that this server answers. A field that is not here fails in validation: HTTP 400 and a message,
 * which W&B's client reports at once. Nullability is the loosest that its documents accept; ids that it declares as
 * `String` stay `String`.
 */
export const schemaText: string = `
scalar JSONString
scalar JSON
scalar Int64
scalar DateTime
scalar Duration

enum AlertSeverity { INFO WARN ERROR }
enum RampIDType { OrgName }

type PageInfo { startCursor: String endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! }

type Query {
  viewer: User
  serverInfo: ServerInfo
  project(name: String, entityName: String): Project
  model(name: String, entityName: String): Project
  models(entityName: String, after: String, first: Int, before: String, last: Int): ProjectConnection
  entity(name: String!): Entity
  organization(name: String!): Organization
}

type ServerInfo {
  cliVersionInfo: JSON!
  latestLocalVersionInfo: LocalVersionInfo
  features: [ServerFeature]!
}
type LocalVersionInfo { outOfDate: Boolean! latestVersionString: String! versionOnThisInstanceString: String! }
type ServerFeature { name: String! isEnabled: Boolean! }

type User {
  id: ID!
  name: String!
  username: String
  email: String
  admin: Boolean
  entity: String
  flags: JSONString
  deletedAt: DateTime
  photoUrl: String
  apiKeys: ApiKeyConnection
  teams: EntityConnection
  organizations: [Organization!]
}
type ApiKey { id: ID! name: String! description: String }
type ApiKeyEdge { node: ApiKey cursor: String! }
type ApiKeyConnection { edges: [ApiKeyEdge!]! pageInfo: PageInfo! }

type Entity {
  id: ID!
  name: String!
  available: Boolean
  photoUrl: String
  readOnly: Boolean
  readOnlyAdmin: Boolean!
  isTeam: Boolean!
  entityType: String
  privateOnly: Boolean!
  storageBytes: Int64!
  codeSavingEnabled: Boolean!
  defaultAccess: String!
  isPaid: Boolean
  user: User
  organization: Organization
}
type EntityEdge { node: Entity cursor: String! }
type EntityConnection { edges: [EntityEdge!]! pageInfo: PageInfo! }
type Organization {
  id: ID!
  name: String!
  orgEntity: Entity
  coreWeaveOrganizationId: String
  featureFlags(rampIDType: RampIDType!): [FeatureFlag]!
}
type FeatureFlag { rampKey: String! isEnabled: Boolean! }

type Project {
  id: ID!
  internalId: ID!
  name: String!
  entityName: String!
  entity: Entity!
  description: String
  access: String
  views: JSONString
  createdAt: DateTime!
  isBenchmark: Boolean!
  readOnly: Boolean
  user: User
  run(name: String!, desc: String): Run
  bucket(name: String!, missingOk: Boolean, desc: String): Run
  runs(filters: JSONString, order: String, after: String, first: Int, before: String, last: Int): RunConnection
  runCount(filters: JSONString): Int!
  buckets(first: Int, after: String): RunConnection
}
type ProjectEdge { node: Project cursor: String! }
type ProjectConnection { edges: [ProjectEdge!]! pageInfo: PageInfo! }

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

type File {
  id: ID!
  name: String!
  url(upload: Boolean): String
  directUrl: String
  uploadUrl: String
  sizeBytes: Int64
  mimetype: String
  updatedAt: DateTime
  md5: String
}
type FileEdge { node: File cursor: String! }
type FileConnection { edges: [FileEdge!]! pageInfo: PageInfo! }

type Mutation {
  upsertBucket(input: UpsertBucketInput!): UpsertBucketPayload
  updateRunState(input: UpdateRunStateInput!): SuccessPayload
  stopRun(input: StopRunInput!): SuccessPayload
  rewindRun(input: RewindRunInput!): RewindRunPayload
  deleteRun(input: DeleteRunInput!): SuccessPayload
  createRunFiles(input: RunFilesInput!): CreateRunFilesPayload!
  markRunFilesUploaded(input: RunFilesInput!): SuccessPayload
  deleteFiles(input: DeleteFilesInput!): SuccessPayload
  notifyScriptableRunAlert(input: NotifyScriptableRunAlertInput!): SuccessPayload
  upsertModel(input: UpsertModelInput!): UpsertModelPayload
}
type SuccessPayload { success: Boolean! clientMutationId: String }

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
input RunFilesInput {
  entityName: String!
  projectName: String!
  runName: String!
  files: [String!]!
  clientMutationId: String
}
input DeleteFilesInput { files: [ID!]!  projectId: Int  clientMutationId: String }
type CreateRunFilesPayload { runID: ID! uploadHeaders: [String!]! files: [File!]! }
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
input UpsertModelInput {
  id: String
  name: String
  entityName: String
  description: String
  access: String
  views: JSONString
  repo: String
  dockerImage: String
  framework: String
  isBenchmark: Boolean
  isPublished: Boolean
  owner: ID
  clientMutationId: String
}
type UpsertModelPayload { project: Project model: Project inserted: Boolean }
`
