import { isJsonObject, type JsonObject, type JsonValue } from '@lossline/protocol'
import { type GraphqlOptions, objectAt, requestGraphql, textAt } from '../graphql.ts'
import { graphqlPolicy, patientPolicy } from '../retry-policy.ts'
import type { RunAddress } from '../run-api.ts'
import { SendError } from '../send-error.ts'
import { parseUploadHeaders } from '../uploads/upload-slot.ts'

const inputFieldsQuery = `query ArtifactInputFields { __type(name: "CreateArtifactInput") { inputFields { name } } }`

const createMutation = `mutation CreateArtifact($input: CreateArtifactInput!) {
  createArtifact(input: $input) { artifact { id state artifactSequence { latestArtifact { id } } } }
}`

const createManifestMutation = `mutation CreateArtifactManifest($artifactID: ID!, $baseArtifactID: ID, $name: String!,
  $digest: String!, $entityName: String!, $projectName: String!, $runName: String!, $manifestType: ArtifactManifestType!,
  $includeUpload: Boolean!) {
  createArtifactManifest(input: { artifactID: $artifactID, baseArtifactID: $baseArtifactID, name: $name, digest: $digest,
    entityName: $entityName, projectName: $projectName, runName: $runName, type: $manifestType }) {
    artifactManifest { id file { id uploadUrl @include(if: $includeUpload) uploadHeaders @include(if: $includeUpload) } }
  }
}`

const updateManifestMutation = `mutation UpdateArtifactManifest($artifactManifestID: ID!, $digest: String,
  $baseArtifactID: ID, $includeUpload: Boolean!) {
  updateArtifactManifest(input: { artifactManifestID: $artifactManifestID, digest: $digest, baseArtifactID: $baseArtifactID }) {
    artifactManifest { id file { id uploadUrl @include(if: $includeUpload) uploadHeaders @include(if: $includeUpload) } }
  }
}`

const createFilesMutation = `mutation CreateArtifactFiles($artifactFiles: [CreateArtifactFileSpecInput!]!,
  $storageLayout: ArtifactStorageLayout!) {
  createArtifactFiles(input: { artifactFiles: $artifactFiles, storageLayout: $storageLayout }) {
    files { edges { node {
      storagePath uploadUrl uploadHeaders
      uploadMultipartUrls { uploadID uploadUrlParts { partNumber uploadUrl } }
      artifact { id }
    } } }
  }
}`

const completeMultipartMutation = `mutation CompleteMultipartUploadArtifact(
  $completeMultipartAction: CompleteMultipartAction!, $completedParts: [UploadPartsInput!]!, $artifactID: ID!,
  $storagePath: String!, $uploadID: String!) {
  completeMultipartUploadArtifact(input: { completeMultipartAction: $completeMultipartAction,
    completedParts: $completedParts, artifactID: $artifactID, storagePath: $storagePath, uploadID: $uploadID }) { digest }
}`

const commitMutation = `mutation CommitArtifact($artifactID: ID!) {
  commitArtifact(input: { artifactID: $artifactID }) { artifact { id digest } }
}`

const useMutation = `mutation UseArtifact($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id } } }`

const clientIdQuery = `query ClientIDMapping($clientID: ID!) { clientIDMapping(clientID: $clientID) { serverID } }`

const stateQuery = `query ArtifactState($id: ID!) { artifact(id: $id) { id state } }`

/** How a manifest stands to what the server has: all files, more files for a base, or one writer's share. */
export type ManifestType = 'FULL' | 'INCREMENTAL' | 'PATCH'

/** What the server made of an announced artifact. */
export interface CreatedArtifact {
  readonly id: string
  /** Whether the server has this content as a version already, so that nothing is to be sent. */
  readonly isCommitted: boolean
  /** The newest version before this one. */
  readonly latestArtifactId: string | undefined
}

/** Where the content of a file goes. */
export interface FileSlot {
  /** Undefined: the server has the content already. */
  readonly url: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly birthArtifactId: string
  readonly storagePath: string
  readonly multipart: MultipartSlot | undefined
}

/** Where the parts of a large file go, in their order. */
export interface MultipartSlot {
  readonly uploadId: string
  readonly partUrls: readonly string[]
}

/** A file as it is announced. */
export interface FileSpec {
  readonly path: string
  readonly md5Base64: string
  /** Hexadecimal MD5 of each part of a file that is large enough for parts. */
  readonly partMd5s: readonly string[] | undefined
}

/** Where the manifest is kept. */
export interface ManifestSlot {
  readonly manifestId: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** What is said about the record of a manifest. */
export interface ManifestFacts {
  readonly artifactId: string
  readonly baseArtifactId: string | undefined
  readonly type: ManifestType
  readonly address: RunAddress
}

/** Fields that the server takes in `createArtifact`; undefined if it does not say. */
export async function readArtifactInputFields(graphql: GraphqlOptions): Promise<ReadonlySet<string> | undefined> {
  try {
    const data = await requestGraphql('ArtifactInputFields', inputFieldsQuery, {}, patientPolicy, graphql)
    const { inputFields } = objectAt(data, '__type')
    return Array.isArray(inputFields) ? new Set(inputFields.map((field) => textAt(objectAt(field), 'name'))) : undefined
  } catch (error) {
    if (!(error instanceof SendError) || error.code !== 'server-refused') throw error
    return undefined
  }
}

/** Announces an artifact. Creates what it needs: project, type, collection. */
export async function createArtifact(input: JsonObject, graphql: GraphqlOptions): Promise<CreatedArtifact> {
  const data = await requestGraphql('CreateArtifact', createMutation, { input }, patientPolicy, graphql)
  const artifact = objectAt(data, 'createArtifact', 'artifact')
  const id = textOrThrow(artifact, 'id', 'CreateArtifact')
  return {
    id,
    isCommitted: textAt(artifact, 'state') === 'COMMITTED',
    latestArtifactId: textAt(objectAt(artifact, 'artifactSequence', 'latestArtifact'), 'id') || undefined,
  }
}

const manifestNames: Readonly<Record<ManifestType, string>> = {
  FULL: 'wandb_manifest.json',
  INCREMENTAL: 'wandb_manifest.incremental.json',
  PATCH: 'wandb_manifest.patch.json',
}

/** Makes the record of a manifest; with a digest, also the place for its content. */
export async function createManifest(
  { artifactId, baseArtifactId, type, address }: ManifestFacts,
  md5Base64: string,
  graphql: GraphqlOptions,
): Promise<ManifestSlot> {
  const variables = {
    artifactID: artifactId,
    baseArtifactID: baseArtifactId ?? null,
    name: manifestNames[type],
    digest: md5Base64,
    entityName: address.entity,
    projectName: address.project,
    runName: address.runId,
    manifestType: type,
    includeUpload: md5Base64 !== '',
  }
  const data = await requestGraphql('CreateArtifactManifest', createManifestMutation, variables, patientPolicy, graphql)
  return toManifestSlot(objectAt(data, 'createArtifactManifest', 'artifactManifest'), 'CreateArtifactManifest')
}

/** Tells the digest of a manifest that was made without one. */
export async function updateManifest(
  manifestId: string,
  md5Base64: string,
  graphql: GraphqlOptions,
): Promise<ManifestSlot> {
  // No base means that the one told before stays.
  const variables = { artifactManifestID: manifestId, digest: md5Base64, baseArtifactID: null, includeUpload: true }
  const data = await requestGraphql('UpdateArtifactManifest', updateManifestMutation, variables, patientPolicy, graphql)
  return toManifestSlot(objectAt(data, 'updateArtifactManifest', 'artifactManifest'), 'UpdateArtifactManifest')
}

function toManifestSlot(manifest: JsonObject, operation: string): ManifestSlot {
  const file = objectAt(manifest, 'file')
  return {
    manifestId: textOrThrow(manifest, 'id', operation),
    url: textAt(file, 'uploadUrl'),
    headers: parseUploadHeaders(file.uploadHeaders),
  }
}

/** Asks where the contents of files go. @returns one slot a file, in their order. */
export async function createArtifactFiles(
  { artifactId, manifestId }: { readonly artifactId: string; readonly manifestId: string },
  files: readonly FileSpec[],
  graphql: GraphqlOptions,
): Promise<FileSlot[]> {
  const artifactFiles = files.map(({ path, md5Base64, partMd5s }) => ({
    artifactID: artifactId,
    artifactManifestID: manifestId,
    name: path,
    md5: md5Base64,
    mimetype: null,
    uploadPartsInput: partMd5s?.map((hexMD5, index) => ({ partNumber: index + 1, hexMD5 })) ?? null,
  }))
  const variables = { artifactFiles, storageLayout: 'V2' }
  const data = await requestGraphql('CreateArtifactFiles', createFilesMutation, variables, patientPolicy, graphql)
  const { edges } = objectAt(data, 'createArtifactFiles', 'files')
  // With another number of places, contents would end up under wrong names.
  if (!Array.isArray(edges) || edges.length !== files.length) {
    const count = Array.isArray(edges) ? edges.length : 0
    throw badAnswer('CreateArtifactFiles', `has ${count} places for ${files.length} files`)
  }
  return edges.map((edge) => toFileSlot(objectAt(edge, 'node')))
}

function toFileSlot(node: JsonObject): FileSlot {
  return {
    url: textAt(node, 'uploadUrl') || undefined,
    headers: parseUploadHeaders(node.uploadHeaders),
    birthArtifactId: textAt(objectAt(node, 'artifact'), 'id'),
    storagePath: textAt(node, 'storagePath'),
    multipart: toMultipartSlot(node.uploadMultipartUrls),
  }
}

function toMultipartSlot(urls: JsonValue | undefined): MultipartSlot | undefined {
  if (!isJsonObject(urls)) return undefined
  const { uploadUrlParts } = urls
  if (!Array.isArray(uploadUrlParts) || uploadUrlParts.length === 0) return undefined
  const partUrls = uploadUrlParts.map((part) => textAt(objectAt(part), 'uploadUrl'))
  return { uploadId: textAt(urls, 'uploadID'), partUrls }
}

/** Joins the parts of a file. `etags` are what the uploads of the parts were answered with, as they came. */
export async function completeMultipart(
  { birthArtifactId, storagePath }: FileSlot,
  { uploadId }: MultipartSlot,
  etags: readonly string[],
  graphql: GraphqlOptions,
): Promise<void> {
  const variables = {
    completeMultipartAction: 'Complete',
    completedParts: etags.map((hexMD5, index) => ({ partNumber: index + 1, hexMD5 })),
    artifactID: birthArtifactId,
    storagePath,
    uploadID: uploadId,
  }
  const name = 'CompleteMultipartUploadArtifact'
  await requestGraphql(name, completeMultipartMutation, variables, patientPolicy, graphql)
}

/** Makes an artifact a version. Doing it twice does no harm. */
export async function commitArtifact(artifactId: string, graphql: GraphqlOptions): Promise<void> {
  const variables = { artifactID: artifactId }
  const data = await requestGraphql('CommitArtifact', commitMutation, variables, patientPolicy, graphql)
  textOrThrow(objectAt(data, 'commitArtifact', 'artifact'), 'id', 'CommitArtifact')
}

/** Notes an artifact as an input of the run. */
export async function useArtifact(artifactId: string, address: RunAddress, graphql: GraphqlOptions): Promise<void> {
  const { entity, project, runId } = address
  const input = { entityName: entity, projectName: project, runName: runId, artifactID: artifactId }
  await requestGraphql('UseArtifact', useMutation, { input }, patientPolicy, graphql)
}

/** The id of an artifact that a client named itself; undefined if the server does not know it. */
export async function resolveClientId(clientId: string, graphql: GraphqlOptions): Promise<string | undefined> {
  const data = await requestGraphql('ClientIDMapping', clientIdQuery, { clientID: clientId }, graphqlPolicy, graphql)
  return textAt(objectAt(data, 'clientIDMapping'), 'serverID') || undefined
}

/** Whether an artifact is a version already. */
export async function isCommitted(artifactId: string, graphql: GraphqlOptions): Promise<boolean> {
  const data = await requestGraphql('ArtifactState', stateQuery, { id: artifactId }, graphqlPolicy, graphql)
  return textAt(objectAt(data, 'artifact'), 'state') === 'COMMITTED'
}

function textOrThrow(object: JsonObject, name: string, operation: string): string {
  const text = textAt(object, name)
  if (text === '') throw badAnswer(operation, `has no ${name}`)
  return text
}

function badAnswer(operation: string, what: string): SendError {
  return new SendError({ code: 'server-refused', message: `The answer to ${operation} ${what}.` })
}
