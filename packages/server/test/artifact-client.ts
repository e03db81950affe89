import { createHash } from 'node:crypto'
import type { TestServer } from './test-server.ts'

/** Whatever asks a server. */
export type Asker = Pick<TestServer, 'graphql' | 'request' | 'post'>

/** A file of an artifact: its bytes, or a reference to elsewhere. */
export type SampleFile = string | Uint8Array | { readonly ref: string; readonly digest: string; readonly size?: number }

export interface LogArtifact {
  readonly name?: string
  readonly type?: string
  readonly runName?: string | null
  readonly files?: Readonly<Record<string, SampleFile>>
  readonly aliases?: readonly string[]
  readonly manifestType?: 'FULL' | 'INCREMENTAL' | 'PATCH'
  readonly baseArtifactID?: string
  readonly isFinal?: boolean
  /** Of `CreateArtifactInput`. */
  readonly input?: object
}

export interface LoggedArtifact {
  readonly id: string
  readonly isReused: boolean
  readonly digest: string
}

/** Logs artifacts as W&B's Go core does: the same documents, in the same order. */
export async function logArtifact(test: Asker, request: LogArtifact): Promise<LoggedArtifact> {
  const { name = 'mnist', files = {}, manifestType = 'FULL', runName = 'r1' } = request
  const contents = Object.fromEntries(Object.entries(files).map(([path, file]) => [path, toEntry(file)]))
  const digest = digestOf(contents)
  const { createArtifact } = await test.graphql<{
    createArtifact: {
      artifact: { id: string; state: string; artifactSequence: { latestArtifact: { id: string } | null } }
    }
  }>(createArtifactDocument, {
    input: {
      entityName: 'local',
      projectName: 'demo',
      runName,
      artifactTypeName: request.type ?? 'dataset',
      artifactCollectionName: name,
      artifactCollectionNames: null,
      digest,
      digestAlgorithm: 'MANIFEST_MD5',
      description: null,
      metadata: null,
      aliases: ['latest', ...(request.aliases ?? [])].map((alias) => ({ alias, artifactCollectionName: name })),
      enableDigestDeduplication: true,
      distributedID: null,
      clientID: null,
      sequenceClientID: null,
      historyStep: null,
      ttlDurationSeconds: null,
      storageRegion: null,
      labels: null,
      clientMutationId: null,
      ...request.input,
    },
  })
  const { id, state, artifactSequence } = createArtifact.artifact
  if (state === 'COMMITTED') return { id, isReused: true, digest }
  const baseArtifactID = request.baseArtifactID ?? artifactSequence.latestArtifact?.id ?? null
  const manifestVariables = {
    artifactID: id,
    baseArtifactID,
    name: 'wandb_manifest.json',
    entityName: 'local',
    projectName: 'demo',
    runName: runName ?? 'none',
    manifestType,
  }
  const first = await test.graphql<ManifestAnswer>(createManifestDocument, {
    ...manifestVariables,
    digest: '',
    includeUpload: false,
  })
  const manifestId = first.createArtifactManifest.artifactManifest.id
  await uploadFiles(test, id, manifestId, files, contents)
  const manifest = toManifest(contents)
  const manifestDigest = md5Of(manifest)
  const answer =
    manifestType === 'FULL'
      ? (
          await test.graphql<ManifestAnswer>(createManifestDocument, {
            ...manifestVariables,
            digest: manifestDigest,
            includeUpload: true,
          })
        ).createArtifactManifest
      : (
          await test.graphql<{ updateArtifactManifest: ManifestAnswer['createArtifactManifest'] }>(
            updateManifestDocument,
            { artifactManifestID: manifestId, digest: manifestDigest, baseArtifactID: null, includeUpload: true },
          )
        ).updateArtifactManifest
  await put(test, answer.artifactManifest.file.uploadUrl, manifest)
  if (request.isFinal !== false) await commitArtifact(test, id)
  return { id, isReused: false, digest }
}

export async function commitArtifact(test: Asker, id: string): Promise<{ id: string; digest: string }> {
  const { commitArtifact: committed } = await test.graphql<{
    commitArtifact: { artifact: { id: string; digest: string } }
  }>(commitDocument, { artifactID: id })
  return committed.artifact
}

interface FileNode {
  readonly storagePath: string
  readonly uploadUrl: string | null
  readonly uploadHeaders: readonly string[]
  readonly uploadMultipartUrls: {
    readonly uploadID: string
    readonly uploadUrlParts: readonly { readonly partNumber: number; readonly uploadUrl: string }[]
  } | null
  readonly artifact: { readonly id: string }
}

interface ManifestAnswer {
  readonly createArtifactManifest: {
    readonly artifactManifest: {
      readonly id: string
      readonly file: { readonly id: string; readonly uploadUrl: string }
    }
  }
}

interface Entry {
  digest: string
  size?: number
  ref?: string
  birthArtifactID?: string
  local_path?: string
  skip_cache?: boolean
}

/** Announces the files with bytes, uploads what is asked for, and notes their birth artifacts. */
async function uploadFiles(
  test: Asker,
  artifactID: string,
  artifactManifestID: string,
  files: Readonly<Record<string, SampleFile>>,
  contents: Readonly<Record<string, Entry>>,
): Promise<void> {
  const paths = Object.keys(files).filter((path) => !isReference(files[path]!))
  if (paths.length === 0) return
  const nodes = await announceFiles(
    test,
    paths.map((name) => ({ artifactID, artifactManifestID, name, md5: contents[name]!.digest })),
  )
  for (const [index, path] of paths.entries()) {
    const node = nodes[index]!
    contents[path]!.birthArtifactID = node.artifact.id
    const file = files[path]!
    if (node.uploadUrl !== null && !isReference(file)) await put(test, node.uploadUrl, file)
  }
}

export async function announceFiles(test: Asker, artifactFiles: readonly object[]): Promise<readonly FileNode[]> {
  const answer = await test.graphql<{ createArtifactFiles: { files: { edges: { node: FileNode }[] } } }>(
    createFilesDocument,
    { storageLayout: 'V2', artifactFiles },
  )
  return answer.createArtifactFiles.files.edges.map(({ node }) => node)
}

/** Announces a full manifest with these entries and uploads it. */
export async function uploadManifest(
  test: Asker,
  artifactID: string,
  contents: Readonly<Record<string, object>>,
): Promise<void> {
  const text = toManifest(contents)
  const { createArtifactManifest } = await test.graphql<ManifestAnswer>(createManifestDocument, {
    artifactID,
    baseArtifactID: null,
    name: 'wandb_manifest.json',
    digest: md5Of(text),
    entityName: 'local',
    projectName: 'demo',
    runName: 'r1',
    manifestType: 'FULL',
    includeUpload: true,
  })
  await put(test, createArtifactManifest.artifactManifest.file.uploadUrl, text)
}

function toManifest(contents: Readonly<Record<string, object>>): string {
  return JSON.stringify({
    version: 1,
    storagePolicy: 'wandb-storage-policy-v1',
    storagePolicyConfig: { storageLayout: 'V2' },
    contents,
  })
}

export async function put(test: Asker, url: string, body: string | Uint8Array): Promise<void> {
  const response = await test.request(url, { method: 'PUT', body: Buffer.from(body) })
  if (!response.ok) throw new Error(`PUT ${url}: ${response.status} ${await response.text()}`)
}

function isReference(file: SampleFile): file is Exclude<SampleFile, string | Uint8Array> {
  return typeof file === 'object' && 'ref' in file
}

function toEntry(file: SampleFile): Entry {
  if (isReference(file)) return { ...file }
  const bytes = Buffer.from(file)
  return { digest: md5Of(bytes), size: bytes.length, local_path: '/home/ada/secret', skip_cache: false }
}

export function md5Of(content: string | Uint8Array): string {
  return createHash('md5').update(content).digest('base64')
}

/** W&B's digest of an artifact. */
export function digestOf(contents: Readonly<Record<string, { readonly digest: string }>>): string {
  const hash = createHash('md5').update('wandb-artifact-manifest-v1\n')
  const paths = Object.keys(contents).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  for (const path of paths) hash.update(`${path}:${contents[path]!.digest}\n`)
  return hash.digest('hex')
}

const createArtifactDocument = `mutation CreateArtifact($input: CreateArtifactInput!) {
  createArtifact(input: $input) { ...CreateArtifactFields }
}
fragment CreateArtifactFields on CreateArtifactPayload {
  artifact { id state artifactSequence { latestArtifact { id } } }
}`

const createManifestDocument = `mutation CreateArtifactManifest(
  $artifactID: ID!, $baseArtifactID: ID, $name: String!, $digest: String!, $entityName: String!, $projectName: String!,
  $runName: String!, $manifestType: ArtifactManifestType!, $includeUpload: Boolean!
) {
  createArtifactManifest(input: {
    artifactID: $artifactID, baseArtifactID: $baseArtifactID, name: $name, digest: $digest, entityName: $entityName,
    projectName: $projectName, runName: $runName, type: $manifestType
  }) {
    artifactManifest { id file { id uploadUrl @include(if: $includeUpload) uploadHeaders @include(if: $includeUpload) } }
  }
}`

const updateManifestDocument = `mutation UpdateArtifactManifest(
  $artifactManifestID: ID!, $digest: String, $baseArtifactID: ID, $includeUpload: Boolean!
) {
  updateArtifactManifest(input: {
    artifactManifestID: $artifactManifestID, digest: $digest, baseArtifactID: $baseArtifactID
  }) {
    artifactManifest { id file { id uploadUrl @include(if: $includeUpload) uploadHeaders @include(if: $includeUpload) } }
  }
}`

const createFilesDocument = `mutation CreateArtifactFiles(
  $storageLayout: ArtifactStorageLayout!, $artifactFiles: [CreateArtifactFileSpecInput!]!
) {
  createArtifactFiles(input: { artifactFiles: $artifactFiles, storageLayout: $storageLayout }) {
    files { edges { node {
      storagePath uploadUrl uploadHeaders uploadMultipartUrls { uploadID uploadUrlParts { partNumber uploadUrl } } artifact { id }
    } } }
  }
}`

const commitDocument = `mutation CommitArtifact($artifactID: ID!) {
  commitArtifact(input: { artifactID: $artifactID }) { artifact { id digest } }
}`

/** `artifactCollectionMembership(name:)` of project `local/demo`, or of another one. */
export async function findVersion(test: Asker, name: string, project = 'demo'): Promise<FoundVersion | null> {
  const answer = await test.graphql<{ project: { artifactCollectionMembership: FoundVersion | null } | null }>(
    membershipDocument,
    { entity: 'local', project, name },
  )
  return answer.project?.artifactCollectionMembership ?? null
}

export interface FoundVersion {
  readonly versionIndex: number
  readonly aliases: readonly { readonly id: string; readonly alias: string }[]
  readonly artifactCollection: { readonly id: string; readonly __typename: string; readonly name: string }
  readonly artifact: {
    readonly id: string
    readonly digest: string
    readonly currentManifest: { readonly file: { readonly directUrl: string } }
  }
  readonly files: {
    readonly totalCount: number
    readonly edges: readonly { readonly node: { readonly name: string; readonly directUrl: string } }[]
  }
}

/** Message of a GraphQL answer that is an error the caller can do something about. */
export async function refusalOf(test: Asker, query: string, variables: object = {}): Promise<string> {
  const response = await test.post('/graphql', { query, variables, operationName: '' })
  const { errors } = (await response.json()) as { errors?: { message: string }[] }
  if (response.status < 400 || response.status >= 500) throw new Error(`${response.status} ${JSON.stringify(errors)}`)
  return errors?.[0]?.message ?? ''
}

const membershipDocument = `query ArtifactMembershipByName($entity: String!, $project: String!, $name: String!) {
  project(name: $project, entityName: $entity) {
    artifactCollectionMembership(name: $name) {
      __typename id versionIndex createdAt aliases { id alias }
      artifactCollection { __typename id name project { id internalId name entity { name } } }
      artifact {
        __typename id versionIndex state size digest commitHash fileCount createdAt description metadata
        ttlDurationSeconds ttlIsInherited tags { __typename name }
        artifactType { name } artifactSequence { __typename name }
        aliases { alias artifactCollection { __typename name } }
        currentManifest { file { directUrl } }
      }
      files(first: 2) {
        totalCount
        pageInfo { __typename endCursor hasNextPage }
        edges { node { __typename name directUrl sizeBytes digest storagePath } }
      }
    }
  }
}`
