/** The server, who asks, and entities. */
export const viewerSchema: string = `
type Query {
  viewer: User
  serverInfo: ServerInfo
  entity(name: String!): Entity
  organization(name: String!): Organization
  users(query: String, first: Int, after: String): UserConnection
}
enum RampIDType { OrgName }
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
  createdAt: DateTime
  deletedAt: DateTime
  photoUrl: String
  apiKeys: ApiKeyConnection
  teams: EntityConnection
  organizations: [Organization!]
}
type UserEdge { node: User cursor: String! }
type UserConnection { totalCount: Int! edges: [UserEdge!]! pageInfo: PageInfo! }
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
  "Whether artifacts may have digests by XXH128."
  xxhashDigestsEnabled: Boolean!
  defaultAccess: String!
  isPaid: Boolean
  limits: JSONString
  members: [Member!]!
  user: User
  organization: Organization
}
type Member {
  id: String
  admin: Boolean
  pending: Boolean
  email: String
  username: String
  name: String!
  photoUrl: String
  accountType: String
  apiKey: String
  role: String
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
extend type Mutation {
  generateApiKey(input: GenerateApiKeyInput!): ApiKeyPayload
  deleteApiKey(input: DeleteApiKeyInput!): SuccessPayload
  createUser(input: CreateUserInput!): UserPayload
  createTeam(input: CreateTeamInput!): EntityPayload
  createInvite(input: CreateInviteInput!): InvitePayload
  deleteInvite(input: DeleteInviteInput!): SuccessPayload
  createServiceAccount(input: CreateServiceAccountInput!): UserPayload
}
input GenerateApiKeyInput { description: String clientMutationId: String }
type ApiKeyPayload { apiKey: ApiKey }
input DeleteApiKeyInput { id: String! clientMutationId: String }
input CreateUserInput { email: String! admin: Boolean clientMutationId: String }
type UserPayload { user: User }
input CreateTeamInput { teamName: String! teamAdminUserName: String clientMutationId: String }
type EntityPayload { entity: Entity }
input CreateInviteInput {
  entityName: String!
  email: String
  username: String
  admin: Boolean
  clientMutationId: String
}
type InvitePayload { invite: Invite }
type Invite { id: ID! name: String! email: String createdAt: DateTime toUser: User }
input DeleteInviteInput { id: String entityName: String clientMutationId: String }
input CreateServiceAccountInput { entityName: String! description: String! clientMutationId: String }
`
