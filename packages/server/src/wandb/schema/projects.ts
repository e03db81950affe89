/** Projects, which older documents call models. */
export const projectsSchema: string = `
extend type Query {
  project(name: String, entityName: String): Project
  model(name: String, entityName: String): Project
  models(entityName: String, after: String, first: Int, before: String, last: Int): ProjectConnection
}
extend type Mutation {
  upsertModel(input: UpsertModelInput!): UpsertModelPayload
  renameProject(input: RenameProjectInput!): UpsertModelPayload
  deleteModel(input: DeleteModelInput!): SuccessPayload
  moveRuns(input: MoveRunsInput!): MoveRunsPayload
}
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
input RenameProjectInput {
  entityName: String!
  oldProjectName: String!
  newProjectName: String!
  clientMutationId: String
}
input DeleteModelInput { id: String! clientMutationId: String }
input MoveRunsInput {
  filters: JSONString
  sourceEntityName: String!
  sourceProjectName: String!
  destinationEntityName: String!
  destinationProjectName: String!
  clientMutationId: String
}
type MoveRunsPayload { success: Boolean! runCount: Int! clientMutationId: String }
type UpsertModelPayload { project: Project model: Project inserted: Boolean }
`
