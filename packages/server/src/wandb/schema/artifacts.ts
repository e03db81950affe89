/** Artifacts: types, collections, versions, their files. */
export const artifactsSchema: string = `
enum ArtifactState { PENDING COMMITTED DELETED }
enum ArtifactCollectionState { READY DELETED }
enum ArtifactCollectionType { SEQUENCE PORTFOLIO }
enum ArtifactManifestType { FULL INCREMENTAL PATCH }
enum ArtifactStorageLayout { V1 V2 }
enum ArtifactDigestAlgorithm { MANIFEST_MD5 MANIFEST_XXH128 }

extend type Query {
  artifact(id: ID!): Artifact
  artifactCollection(id: ID!): ArtifactCollection
  clientIDMapping(clientID: ID!): ClientIDMapping
}
extend type Project {
  artifact(name: String!): Artifact
  artifactType(name: String!): ArtifactType
  artifactTypes(after: String, first: Int, includeAll: Boolean): ArtifactTypeConnection!
  artifactCollection(name: String!): ArtifactCollection
  artifactCollections(after: String, first: Int, filters: JSONString, order: String): ArtifactCollectionConnection
  artifactCollectionMembership(name: String!): ArtifactCollectionMembership
  allowAllArtifactTypesInRegistry: Boolean!
}
extend type Run {
  outputArtifacts(after: String, first: Int): ArtifactConnection
  inputArtifacts(after: String, first: Int): ArtifactConnection
}
type ClientIDMapping { serverID: ID! }

type Tag { id: ID! name: String! tagCategoryName: String attributes: JSONString }
type TagEdge { node: Tag! }
type TagConnection { edges: [TagEdge!]! }

type ArtifactAlias { id: ID! alias: String! artifactCollection: ArtifactCollection }
type ArtifactAliasEdge { node: ArtifactAlias cursor: String }
type ArtifactAliasConnection { pageInfo: PageInfo! edges: [ArtifactAliasEdge!]! }

type ArtifactType {
  id: ID!
  name: String!
  description: String
  createdAt: DateTime!
  artifactCollections(after: String, first: Int, filters: JSONString, order: String): ArtifactCollectionConnection
  artifactCollection(name: String!): ArtifactCollection
}
type ArtifactTypeEdge { node: ArtifactType cursor: String }
type ArtifactTypeConnection { pageInfo: PageInfo! edges: [ArtifactTypeEdge!]! }

interface ArtifactCollection {
  id: ID!
  name: String!
  description: String
  createdAt: DateTime!
  updatedAt: DateTime
  state: ArtifactCollectionState!
  project: Project
  defaultArtifactType: ArtifactType!
  tags: TagConnection!
  aliases(after: String, first: Int): ArtifactAliasConnection!
  artifacts(after: String, first: Int, order: String, filters: JSONString): VersionedArtifactConnection
  artifactMembership(aliasName: String!): ArtifactCollectionMembership
}
type ArtifactSequence implements ArtifactCollection {
  id: ID!
  name: String!
  description: String
  createdAt: DateTime!
  updatedAt: DateTime
  state: ArtifactCollectionState!
  project: Project
  defaultArtifactType: ArtifactType!
  tags: TagConnection!
  aliases(after: String, first: Int): ArtifactAliasConnection!
  artifacts(after: String, first: Int, order: String, filters: JSONString): VersionedArtifactConnection
  artifactMembership(aliasName: String!): ArtifactCollectionMembership
  latestArtifact: Artifact
  digestAlgorithm: ArtifactDigestAlgorithm
}
type ArtifactPortfolio implements ArtifactCollection {
  id: ID!
  name: String!
  description: String
  createdAt: DateTime!
  updatedAt: DateTime
  state: ArtifactCollectionState!
  project: Project
  defaultArtifactType: ArtifactType!
  tags: TagConnection!
  aliases(after: String, first: Int): ArtifactAliasConnection!
  artifacts(after: String, first: Int, order: String, filters: JSONString): VersionedArtifactConnection
  artifactMembership(aliasName: String!): ArtifactCollectionMembership
}
type ArtifactCollectionEdge { node: ArtifactCollection cursor: String }
type ArtifactCollectionConnection { totalCount: Int! pageInfo: PageInfo! edges: [ArtifactCollectionEdge!]! }

type ArtifactCollectionMembership {
  id: ID!
  versionIndex: Int
  createdAt: DateTime!
  aliases: [ArtifactAlias!]!
  artifactCollection: ArtifactCollection
  artifact: Artifact
  files(names: [String!], after: String, first: Int): FileConnection
}
type ArtifactMembershipEdge { node: ArtifactCollectionMembership cursor: String }
type ArtifactMembershipConnection { pageInfo: PageInfo! edges: [ArtifactMembershipEdge!]! }

union ArtifactCreator = Run | User

type Artifact {
  id: ID!
  artifactSequence: ArtifactSequence!
  artifactType: ArtifactType!
  versionIndex: Int
  state: ArtifactState!
  digest: String!
  digestAlgorithm: ArtifactDigestAlgorithm
  description: String
  metadata: JSONString
  labels: JSONString
  ttlDurationSeconds: Int64!
  ttlIsInherited: Boolean!
  tags: [Tag!]!
  aliases: [ArtifactAlias!]
  historyStep: Int64
  size: Int64!
  fileCount: Int64!
  commitHash: String
  createdAt: DateTime!
  updatedAt: DateTime
  createdBy: ArtifactCreator
  usedBy(after: String, first: Int): RunConnection!
  artifactMemberships(after: String, first: Int): ArtifactMembershipConnection!
  currentManifest: ArtifactManifest
  files(names: [String!], after: String, first: Int): FileConnection
  filesByManifestEntries(
    entries: [ArtifactManifestEntryInput!]
    storageLayout: String!
    manifestVersion: String!
    storageRegion: String
    after: String
    first: Int
  ): FileConnection
}
type ArtifactEdge { node: Artifact cursor: String }
type ArtifactConnection { totalCount: Int! pageInfo: PageInfo! edges: [ArtifactEdge!]! }
type VersionedArtifactEdge { version: String! node: Artifact! cursor: String }
type VersionedArtifactConnection { totalCount: Int! pageInfo: PageInfo! edges: [VersionedArtifactEdge!]! }

type ArtifactManifest { id: ID! type: ArtifactManifestType! digest: String! file: File! }
input ArtifactManifestEntryInput { name: String! digest: String! ref: String size: Int64 birthArtifactID: String }
`
