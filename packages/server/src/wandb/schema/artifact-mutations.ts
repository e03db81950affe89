/** What changes artifacts. Clients send every field of an input, null where they have nothing to say. */
export const artifactMutationsSchema: string = `
enum CompleteMultipartAction { Complete }

input ArtifactAliasInput { alias: String! artifactCollectionName: String! }
input ArtifactCollectionAliasInput {
  alias: String!
  artifactCollectionName: String!
  entityName: String!
  projectName: String!
}
input TagInput { tagName: String! tagCategoryName: String attributes: JSONString }
input UploadPartsInput { partNumber: Int64! hexMD5: String! }

input CreateArtifactInput {
  entityName: String!
  projectName: String!
  artifactTypeName: String!
  digest: String!
  artifactCollectionName: String
  artifactCollectionNames: [String!]
  runName: String
  digestAlgorithm: ArtifactDigestAlgorithm
  description: String
  labels: JSONString
  metadata: JSONString
  aliases: [ArtifactAliasInput!]
  tags: [TagInput!]
  clientID: ID
  sequenceClientID: ID
  distributedID: String
  enableDigestDeduplication: Boolean
  historyStep: Int64
  ttlDurationSeconds: Int64
  storageRegion: String
  clientMutationId: String
}
input CreateArtifactManifestInput {
  artifactID: ID!
  baseArtifactID: ID
  name: String!
  digest: String!
  entityName: String!
  projectName: String!
  runName: String!
  type: ArtifactManifestType
  clientMutationId: String
}
input UpdateArtifactManifestInput {
  artifactManifestID: ID!
  digest: String
  baseArtifactID: ID
  clientMutationId: String
}
input CreateArtifactFileSpecInput {
  artifactID: ID!
  artifactManifestID: ID
  name: String!
  md5: String!
  digest: String
  mimetype: String
  uploadPartsInput: [UploadPartsInput!]
}
input CreateArtifactFilesInput {
  artifactFiles: [CreateArtifactFileSpecInput!]!
  storageLayout: ArtifactStorageLayout
  digestAlgorithm: ArtifactDigestAlgorithm
  cloudRegionID: String
  clientMutationId: String
}
input CompleteMultipartUploadArtifactInput {
  completeMultipartAction: CompleteMultipartAction!
  completedParts: [UploadPartsInput!]!
  artifactID: ID!
  storagePath: String!
  uploadID: String!
  clientMutationId: String
}
input CommitArtifactInput { artifactID: ID! clientMutationId: String }
input UseArtifactInput {
  entityName: String!
  projectName: String!
  runName: String!
  artifactID: ID!
  usedAs: String
  artifactEntityName: String
  artifactProjectName: String
  clientMutationId: String
}

input UpdateArtifactInput {
  artifactID: ID!
  description: String
  metadata: JSONString
  labels: JSONString
  ttlDurationSeconds: Int64
  aliases: [ArtifactAliasInput!]
  tagsToAdd: [TagInput!]
  tagsToDelete: [TagInput!]
  clientMutationId: String
}
input AddAliasesInput { artifactID: ID! aliases: [ArtifactCollectionAliasInput!]! clientMutationId: String }
input DeleteAliasesInput { artifactID: ID! aliases: [ArtifactCollectionAliasInput!]! clientMutationId: String }
input DeleteArtifactInput { artifactID: ID! deleteAliases: Boolean = false clientMutationId: String }
input LinkArtifactInput {
  artifactID: ID
  clientID: ID
  artifactPortfolioID: ID
  artifactPortfolioName: String
  entityName: String
  projectName: String
  aliases: [ArtifactAliasInput!]
  clientMutationId: String
}
input UnlinkArtifactInput { artifactID: ID! artifactPortfolioID: ID! clientMutationId: String }
input CreateArtifactTypeInput {
  entityName: String!
  projectName: String!
  name: String!
  description: String
  clientMutationId: String
}
input UpdateArtifactSequenceInput {
  artifactSequenceID: ID!
  name: String
  description: String
  clientMutationId: String
}
input UpdateArtifactPortfolioInput {
  artifactPortfolioID: ID!
  name: String
  description: String
  clientMutationId: String
}
input MoveArtifactSequenceInput {
  artifactSequenceID: ID!
  destinationArtifactTypeName: String!
  clientMutationId: String
}
input DeleteArtifactSequenceInput { artifactSequenceID: ID! clientMutationId: String }
input DeleteArtifactPortfolioInput { artifactPortfolioID: ID! clientMutationId: String }
input CreateArtifactCollectionTagAssignmentsInput {
  entityName: String!
  projectName: String!
  artifactCollectionName: String!
  tags: [TagInput!]!
  clientMutationID: String
}
input DeleteArtifactCollectionTagAssignmentsInput {
  entityName: String!
  projectName: String!
  artifactCollectionName: String!
  tags: [TagInput!]!
  clientMutationID: String
}

type CreateArtifactPayload { artifact: Artifact! }
type ArtifactPayload { artifact: Artifact! }
type ManifestPayload { artifactManifest: ArtifactManifest! }
type CreateArtifactFilesPayload { files: FileConnection! }
type ArtifactSuccessPayload { success: Boolean! }
type LinkArtifactPayload { versionIndex: Int artifactMembership: ArtifactCollectionMembership }
type CollectionPayload { artifactCollection: ArtifactCollection! }
type CreateArtifactTypePayload { artifactType: ArtifactType! }
type TagsPayload { tags: [Tag!]! }
type CompleteMultipartPayload { digest: String }

extend type Mutation {
  createArtifact(input: CreateArtifactInput!): CreateArtifactPayload
  createArtifactManifest(input: CreateArtifactManifestInput!): ManifestPayload
  updateArtifactManifest(input: UpdateArtifactManifestInput!): ManifestPayload
  createArtifactFiles(input: CreateArtifactFilesInput!): CreateArtifactFilesPayload
  completeMultipartUploadArtifact(input: CompleteMultipartUploadArtifactInput!): CompleteMultipartPayload
  commitArtifact(input: CommitArtifactInput!): ArtifactPayload
  useArtifact(input: UseArtifactInput!): ArtifactPayload
  updateArtifact(input: UpdateArtifactInput!): ArtifactPayload
  addAliases(input: AddAliasesInput!): ArtifactSuccessPayload
  deleteAliases(input: DeleteAliasesInput!): ArtifactSuccessPayload
  deleteArtifact(input: DeleteArtifactInput!): ArtifactPayload
  linkArtifact(input: LinkArtifactInput!): LinkArtifactPayload
  unlinkArtifact(input: UnlinkArtifactInput!): ArtifactSuccessPayload
  createArtifactType(input: CreateArtifactTypeInput!): CreateArtifactTypePayload
  updateArtifactSequence(input: UpdateArtifactSequenceInput!): CollectionPayload
  updateArtifactPortfolio(input: UpdateArtifactPortfolioInput!): CollectionPayload
  moveArtifactSequence(input: MoveArtifactSequenceInput!): CollectionPayload
  deleteArtifactSequence(input: DeleteArtifactSequenceInput!): CollectionPayload
  deleteArtifactPortfolio(input: DeleteArtifactPortfolioInput!): CollectionPayload
  createArtifactCollectionTagAssignments(input: CreateArtifactCollectionTagAssignmentsInput!): TagsPayload
  deleteArtifactCollectionTagAssignments(input: DeleteArtifactCollectionTagAssignmentsInput!): ArtifactSuccessPayload
}
`
