import type { ArtifactEntryRow, ArtifactRow } from '@lossline/store'
import type { WandbContext, WandbServices, WireObject } from '../context.ts'
import { toIsoTime } from '../iso-time.ts'
import type { PageArguments } from '../pages.ts'
import { type ArtifactLinks, artifactLinks, storagePath } from './artifact-links.ts'

export interface ArtifactFilesArguments extends PageArguments {
  /** Exact paths; null means all. */
  readonly names?: readonly string[] | null
}

/**
 * `FileConnection` of a version's entries, references among them: clients download only what is listed. A cursor is the path of
 * the last entry, so a page costs the same however far back it is.
 */
export async function toWireArtifactFiles(
  artifact: ArtifactRow,
  services: WandbServices,
  args: ArtifactFilesArguments,
  context: WandbContext,
): Promise<WireObject> {
  const limit = Math.max(0, args.first ?? 50)
  const paths = args.names == null ? {} : { paths: args.names }
  const after = args.after ?? ''
  // One more than asked for tells whether there are more.
  const found = await services.artifacts.reads.entries({ artifact: artifact.id, after, limit: limit + 1, ...paths })
  const links = artifactLinks(services, context)
  const edges = found.slice(0, limit).map((entry) => ({ node: toWireFile(artifact, entry, links), cursor: entry.path }))
  return {
    totalCount: async () => {
      if (args.names == null) return artifact.fileCount
      return (await services.artifacts.reads.entries({ artifact: artifact.id, ...paths })).length
    },
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: found.length > limit,
      hasPreviousPage: after !== '',
    },
  }
}

function toWireFile(artifact: ArtifactRow, entry: ArtifactEntryRow, links: ArtifactLinks): WireObject {
  const { path, digest, ref } = entry
  return {
    __typename: 'File',
    id: Buffer.from(`ArtifactFile:${artifact.id}:${path}`).toString('base64'),
    name: path,
    displayName: path,
    url: null,
    directUrl: () => ref ?? links.downloadFile(artifact.id, digest, path),
    sizeBytes: entry.sizeBytes ?? 0,
    mimetype: null,
    updatedAt: toIsoTime(artifact.updatedAtMs),
    digest,
    md5: entry.md5 ?? null,
    sha256: entry.sha256 ?? null,
    storagePath: ref === undefined ? storagePath(artifact.id, digest) : null,
  }
}
