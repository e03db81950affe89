import type {
  ArtifactFilesResponse,
  ArtifactLineageResponse,
  ArtifactTypesResponse,
  ArtifactVersionResponse,
  ArtifactVersionsResponse,
  RunArtifactsResponse,
  StrictJsonObject,
} from '@lossline/protocol'
import { z } from 'zod'

/** Shapes of artifacts; see `artifact-api.ts` of the protocol. */

const timeMs = z.number().describe('Milliseconds since 1970, UTC')

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

const runReference = z.object({
  entity: z.string(),
  project: z.string(),
  runId: z.string(),
  displayName: z.string(),
  state: z.enum(['pending', 'running', 'finished', 'failed', 'crashed', 'killed', 'preempting', 'preempted']),
  number: z.number(),
  jobType: z.string(),
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

export const artifactVersionResponse: z.ZodType<ArtifactVersionResponse> = z.object({
  version: versionInfo.extend({
    description: z.string(),
    metadata: z.record(z.string(), z.unknown()) as unknown as z.ZodType<StrictJsonObject>,
    createdBy: runReference.exactOptional(),
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
  }),
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

export const artifactFileQuery: z.ZodType<{ readonly path: string; readonly frame: boolean }> = z.object({
  path: z.string().min(1),
  frame: z.stringbool().default(false).describe('Shows an HTML file, sandboxed'),
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
  hasMore: z.boolean(),
})
