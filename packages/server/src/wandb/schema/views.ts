/** Saved views and definitions of custom charts. */
export const viewsSchema: string = `
extend type Query {
  view(id: ID!): View
}
extend type Mutation {
  upsertView(input: UpsertViewInput!): UpsertViewPayload
  deleteView(input: DeleteViewInput!): DeleteViewPayload
  createCustomChart(input: CreateCustomChartInput!): CreateCustomChartPayload
}
extend type Project {
  allViews(viewType: String, viewName: String, userName: String, first: Int, after: String): ViewConnection
}
type View {
  id: ID!
  name: String!
  displayName: String
  description: String
  type: String!
  user: User
  project: Project
  spec: String!
  createdAt: DateTime!
  updatedAt: DateTime!
}
type ViewEdge { node: View! cursor: String! }
type ViewConnection { edges: [ViewEdge!]! pageInfo: PageInfo! }
input UpsertViewInput {
  id: ID
  entityName: String
  projectName: String
  name: String
  displayName: String
  description: String
  type: String
  createdUsing: ViewSource
  spec: String
  clientMutationId: String
}
enum ViewSource { WANDB_SDK UI }
type UpsertViewPayload { view: View inserted: Boolean }
input DeleteViewInput { id: ID! deleteDrafts: Boolean clientMutationId: String }
type DeleteViewPayload { success: Boolean! pendingDrafts: [View!] }
input CreateCustomChartInput {
  entity: String!
  name: String!
  displayName: String!
  type: String!
  access: String!
  spec: JSONString!
  clientMutationId: String
}
type CustomChart { id: ID! }
type CreateCustomChartPayload { chart: CustomChart! }
`
