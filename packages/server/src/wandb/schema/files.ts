/** Files of runs and of artifacts. */
export const filesSchema: string = `
extend type Mutation {
  createRunFiles(input: RunFilesInput!): CreateRunFilesPayload!
  markRunFilesUploaded(input: RunFilesInput!): SuccessPayload
  deleteFiles(input: DeleteFilesInput!): SuccessPayload
}
type File {
  id: ID!
  name: String!
  displayName: String
  url(upload: Boolean): String
  directUrl: String
  uploadUrl: String
  uploadHeaders: [String!]
  uploadMultipartUrls: UploadMultipartUrls
  sizeBytes: Int64
  mimetype: String
  updatedAt: DateTime
  digest: String
  md5: String
  "Ours: digest by which the content is kept; of files of artifacts."
  sha256: String
  storagePath: String
  artifact: Artifact
}
type UploadUrlPart { partNumber: Int64! uploadUrl: String! }
type UploadMultipartUrls { uploadID: String! uploadUrlParts: [UploadUrlPart!]! }
type FileEdge { node: File cursor: String! }
type FileConnection { totalCount: Int! edges: [FileEdge!]! pageInfo: PageInfo! }
input RunFilesInput {
  entityName: String!
  projectName: String!
  runName: String!
  files: [String!]!
  clientMutationId: String
}
input DeleteFilesInput { files: [ID!]!  projectId: Int  clientMutationId: String }
type CreateRunFilesPayload { runID: ID! uploadHeaders: [String!]! files: [File!]! }
`
