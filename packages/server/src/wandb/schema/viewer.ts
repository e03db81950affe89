/** The server, who asks, and entities. */
export const viewerSchema: string = `
type Query {
  viewer: User
  serverInfo: ServerInfo
  entity(name: String!): Entity
  organization(name: String!): Organization
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
`
