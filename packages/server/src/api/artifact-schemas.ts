import type {
  AliasChangesResponse,
  ArtifactChange,
  ArtifactChangedResponse,
  ArtifactFilesResponse,
  ArtifactLineageResponse,
  ArtifactSearchResponse,
  ArtifactTypesResponse,
  ArtifactUsersResponse,
  ArtifactVersionResponse,
  ArtifactVersionsResponse,
  DeleteArtifactRequest,
  DeleteCollectionRequest,
  RunArtifactsResponse,
} from '@lossline/protocol'
import { z } from 'zod'
import type { ShownAs } from '../http/send-shown.ts'
import { strictJsonObject } from './json-schemas.ts'
import { frame, thumbnailHeight } from './media-schemas.ts'
import { runColor } from './schemas.ts'

/** Shapes of artifacts; see `artifact-api.ts` of the protocol. */

const timeMs = z.number().describe('Milliseconds since 1970, UTC')

const runReference = z.object({
  entity: z.string(),
  project: z.string(),
  runId: z.string(),
  displayName: z.string(),
  state: z.enum(['pending', 'running', 'finished', 'failed', 'crashed', 'killed', 'preempting', 'preempted']),
  number: z.number(),
  color: runColor,
  jobType: z.string(),
})

const versionInfo = z.object({
  id: z.number(),
  entity: z.string(),
  project: z.string(),
  type: z.string(),
  collection: z.string(),
  version: z.string().describe('Such as v3'),
  aliases: z.array(z.string()),
  tags: z.array(z.string()),
  digest: z.string(),
  sizeBytes: z.number(),
  fileCount: z.number(),
  createdAtMs: timeMs,
  createdBy: runReference.exactOptional(),
})

const collectionInfo = z.object({
  name: z.string(),
  kind: z.enum(['sequence', 'portfolio']),
  description: z.string(),
  tags: z.array(z.string()),
  versionCount: z.number(),
  updatedAtMs: timeMs,
  newest: versionInfo.exactOptional(),
})

export const artifactTypesResponse: z.ZodType<ArtifactTypesResponse> = z.object({
  types: z.array(z.object({ name: z.string(), collections: z.array(collectionInfo) })),
})

export const versionsQuery: z.ZodType<{ readonly offset: number; readonly limit: number }> = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
export const artifactVersionsResponse: z.ZodType<ArtifactVersionsResponse> = z.object({
  collection: collectionInfo,
  type: z.string(),
  versions: z.array(versionInfo),
  total: z.number(),
})

const versionDetail = versionInfo.extend({
  description: z.string(),
  metadata: strictJsonObject,
  usedBy: z.array(runReference),
  links: z.array(
    z.object({
      entity: z.string(),
      project: z.string(),
      type: z.string(),
      collection: z.string(),
      version: z.string(),
    }),
  ),
  ttlSeconds: z.number().nullable().describe('From its making on; -2: kept for ever; null: none is set'),
})
export const artifactVersionResponse: z.ZodType<ArtifactVersionResponse> = z.object({ version: versionDetail })

const words = z.array(z.string()).max(1000).exactOptional()
export const artifactChange: z.ZodType<ArtifactChange> = z.strictObject({
  in: z
    .strictObject({ entity: z.string(), project: z.string(), collection: z.string() })
    .exactOptional()
    .describe('The collection whose aliases are meant; default: the one where the version was made'),
  description: z.string().max(1_000_000).exactOptional(),
  addTags: words,
  removeTags: words,
  addAliases: words.describe('A name that points to another version moves'),
  removeAliases: words,
  ttlSeconds: z.number().exactOptional().describe('From its making on; -2: kept for ever; -1: none'),
})
export const artifactChangedResponse: z.ZodType<ArtifactChangedResponse> = z.object({
  version: versionDetail,
  moved: z.array(z.object({ alias: z.string(), from: z.object({ id: z.number(), version: z.string() }) })),
})

export const deleteArtifactRequest: z.ZodType<DeleteArtifactRequest> = z.strictObject({
  confirm: z.string().exactOptional().describe('Such as digits:v3; needed where runs or collections use it'),
})
export const deleteCollectionRequest: z.ZodType<DeleteCollectionRequest> = z.strictObject({
  confirm: z.string().describe('The name of the collection'),
})
export const artifactUsersResponse: z.ZodType<ArtifactUsersResponse> = z.object({ runs: z.array(runReference) })

export const aliasChangesQuery: z.ZodType<{ readonly before?: number; readonly limit: number }> = z.object({
  before: z.coerce.number().int().min(1).exactOptional().describe('Only changes with smaller ids'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
export const aliasChangesResponse: z.ZodType<AliasChangesResponse> = z.object({
  changes: z.array(
    z.object({
      id: z.number(),
      alias: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      atMs: timeMs,
    }),
  ),
})

export interface VersionSearch {
  readonly search: string
  readonly after: string
  readonly limit: number
}
export const versionSearch: z.ZodType<VersionSearch> = z.object({
  search: z.string().min(1).max(200),
  after: z
    .string()
    .regex(/^(\d{1,15}\.\d{1,15})?$/)
    .default('')
    .describe('`next` of the part before'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})
export const artifactSearchResponse: z.ZodType<ArtifactSearchResponse> = z.object({
  versions: z.array(versionInfo),
  next: z.string().exactOptional(),
})

export const artifactFilesQuery: z.ZodType<{ readonly after: string; readonly limit: number }> = z.object({
  after: z.string().default('').describe('Only files behind this path'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
export const artifactFilesResponse: z.ZodType<ArtifactFilesResponse> = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      sizeBytes: z.number().exactOptional(),
      digest: z.string(),
      url: z.string().exactOptional(),
      reference: z.string().exactOptional().describe('Where the bytes are if they are not here'),
    }),
  ),
  hasMore: z.boolean(),
})

export const artifactFileQuery: z.ZodType<{ readonly path: string } & ShownAs> = z.object({
  path: z.string().min(1),
  frame,
  height: thumbnailHeight.exactOptional(),
})

export const runArtifactsResponse: z.ZodType<RunArtifactsResponse> = z.object({
  inputs: z.array(versionInfo),
  outputs: z.array(versionInfo),
})

export interface LineageRequest {
  readonly depth: number
  readonly direction: 'upstream' | 'downstream' | 'both'
}
export const lineageQuery: z.ZodType<LineageRequest> = z.object({
  depth: z.coerce.number().int().min(1).max(10).default(4),
  direction: z.enum(['upstream', 'downstream', 'both']).default('both'),
})
export const lineageResponse: z.ZodType<ArtifactLineageResponse> = z.object({
  focus: z.string(),
  nodes: z.array(
    z.discriminatedUnion('kind', [
      z.object({ id: z.string(), kind: z.literal('run'), run: runReference }),
      z.object({ id: z.string(), kind: z.literal('artifact'), version: versionInfo }),
    ]),
  ),
  edges: z.array(z.object({ from: z.string(), to: z.string() })),
  automaticCount: z.number(),
  omittedCount: z.number(),
  hasMore: z.boolean(),
})
