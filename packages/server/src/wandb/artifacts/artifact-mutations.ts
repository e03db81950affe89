import type { ArtifactManifestKind, ArtifactManifestRow } from '@lossline/store'
import { invalid } from '../../domain/artifacts/artifact-names.ts'
import { existingArtifact } from '../../domain/artifacts/artifact-services.ts'
import { commitArtifact } from '../../domain/artifacts/commit.ts'
import { createArtifact } from '../../domain/artifacts/create.ts'
import { useArtifact } from '../../domain/artifacts/lineage.ts'
import { completeUpload } from '../../domain/artifacts/part-uploads.ts'
import { announceFiles, announceManifest, updateManifest } from '../../domain/artifacts/uploads.ts'
import type { ArtifactWire, WandbContext, WandbServices, WireObject } from '../context.ts'
import type {
  CompleteMultipartInput,
  CreateArtifactInput,
  CreateFilesInput,
  CreateManifestInput,
  Input,
  UpdateManifestInput,
  UseArtifactInput,
} from './artifact-inputs.ts'
import { artifactLinks, storagePath } from './artifact-links.ts'
import { createCollectionMutations } from './collection-mutations.ts'
import { fromWireAlgorithm } from './digest-algorithms.ts'
import { requireGlobalId, toGlobalId } from './global-ids.ts'
import { maybeParseUploadId, parseCompletedParts, toWireUploadParts } from './upload-parts.ts'
import { createVersionMutations } from './version-mutations.ts'

const manifestKinds: Readonly<Record<string, ArtifactManifestKind>> = {
  FULL: 'full',
  INCREMENTAL: 'incremental',
  PATCH: 'patch',
}

/** Every mutation of artifacts. */
export function createArtifactMutations(services: WandbServices, wire: ArtifactWire): WireObject {
  return {
    ...createLoggingMutations(services, wire),
    ...createVersionMutations(services, wire),
    ...createCollectionMutations(services, wire),
  }
}

/** Mutations with which a client logs and uses versions. */
function createLoggingMutations(services: WandbServices, wire: ArtifactWire): WireObject {
  const { artifacts } = services
  const artifactId = (text: string): number => requireGlobalId('Artifact', text)

  return {
    createArtifact: async ({ input }: Input<CreateArtifactInput>, context: WandbContext) => ({
      artifact: wire.artifact(await createArtifact(artifacts, toCreateRequest(input, context))),
    }),
    createArtifactManifest: async ({ input }: Input<CreateManifestInput>) => {
      const manifest = await announceManifest(artifacts, {
        artifact: artifactId(input.artifactID),
        kind: manifestKinds[input.type ?? 'FULL'] ?? 'full',
        name: input.name,
        digest: input.digest,
        baseArtifact: input.baseArtifactID == null ? undefined : artifactId(input.baseArtifactID),
      })
      return { artifactManifest: toWireManifest(manifest, services) }
    },
    updateArtifactManifest: async ({ input }: Input<UpdateManifestInput>) => {
      const manifest = await updateManifest(artifacts, {
        manifest: requireGlobalId('ArtifactManifest', input.artifactManifestID),
        digest: input.digest || undefined,
        baseArtifact: input.baseArtifactID == null ? undefined : artifactId(input.baseArtifactID),
      })
      return { artifactManifest: toWireManifest(manifest, services) }
    },
    createArtifactFiles: async ({ input }: Input<CreateFilesInput>, context: WandbContext) => {
      // The client names such files twice: its digest is what the manifest says.
      const hasXxh128 = fromWireAlgorithm(input.digestAlgorithm) === 'xxh128'
      const specs = input.artifactFiles.map(({ artifactID, name: path, md5, digest }) => ({
        artifact: artifactId(artifactID),
        path,
        md5,
        xxh128: (hasXxh128 && digest) || undefined,
      }))
      // Also to a committed version, which an announcement does not change, only those may add bytes who may write.
      for (const artifact of new Set(specs.map((spec) => spec.artifact))) await services.requireWrite({ artifact })
      const files = await announceFiles(artifacts, specs)
      const links = artifactLinks(services, context)
      const births = new Map<number, Promise<WireObject>>()
      const birth = (id: number): Promise<WireObject> => {
        const known = births.get(id) ?? artifacts.reads.artifact(id).then((row) => wire.artifact(row!))
        births.set(id, known)
        return known
      }
      const edges = files.map(({ artifact, path, md5, xxh128, presentIn }, index) => ({
        cursor: String(index + 1),
        node: {
          id: Buffer.from(`ArtifactFile:${artifact}:${path}`).toString('base64'),
          name: path,
          displayName: path,
          storagePath: storagePath(artifact, md5),
          // Null says that the bytes are here.
          uploadUrl: presentIn === undefined ? links.uploadFile(artifact, md5, xxh128) : null,
          uploadHeaders: [],
          // Whoever announces parts gets places for them; clients do so for files of 2 GiB and more.
          uploadMultipartUrls:
            presentIn === undefined
              ? toWireUploadParts({ artifact, md5, xxh128 }, input.artifactFiles[index]?.uploadPartsInput, links)
              : null,
          md5,
          digest: xxh128 ?? md5,
          artifact: () => birth(presentIn ?? artifact),
        },
      }))
      return { files: { totalCount: edges.length, edges, pageInfo: { hasNextPage: false, hasPreviousPage: false } } }
    },
    completeMultipartUploadArtifact: async ({ input }: Input<CompleteMultipartInput>) => {
      const named = maybeParseUploadId(input.uploadID)
      if (
        named?.artifact !== artifactId(input.artifactID) ||
        storagePath(named.artifact, named.md5) !== input.storagePath
      ) {
        throw invalid('uploadID, artifactID and storagePath are not those that createArtifactFiles has answered with.')
      }
      await services.requireWrite({ artifact: named.artifact })
      await completeUpload(artifacts, named, parseCompletedParts(input.completedParts))
      return { digest: named.md5 }
    },
    commitArtifact: async ({ input }: Input<{ readonly artifactID: string }>) => ({
      artifact: wire.artifact(await commitArtifact(artifacts, artifactId(input.artifactID))),
    }),
    useArtifact: async ({ input }: Input<UseArtifactInput>) => {
      const artifact = await existingArtifact(artifacts, artifactId(input.artifactID))
      await useArtifact(artifacts, {
        at: { entity: input.entityName, project: input.projectName, runId: input.runName },
        artifact: artifact.id,
        usedAs: input.usedAs ?? undefined,
      })
      return { artifact: wire.artifact(artifact) }
    },
  }
}

function toCreateRequest(input: CreateArtifactInput, context: WandbContext): Parameters<typeof createArtifact>[1] {
  const collection = input.artifactCollectionName ?? input.artifactCollectionNames?.[0]
  if (collection == null) throw invalid('The artifact has no name: artifactCollectionName is missing.')
  return {
    entity: input.entityName || context.identity.defaultEntity,
    project: input.projectName,
    type: input.artifactTypeName,
    collection,
    runId: input.runName || undefined,
    username: context.identity.username,
    digest: input.digest,
    digestAlgorithm: fromWireAlgorithm(input.digestAlgorithm),
    description: input.description ?? undefined,
    metadata: input.metadata ?? undefined,
    labels: input.labels ?? undefined,
    aliases: (input.aliases ?? []).map(({ alias }) => alias),
    tags: (input.tags ?? []).map(({ tagName }) => tagName),
    clientId: input.clientID || undefined,
    sequenceClientId: input.sequenceClientID || undefined,
    distributedId: input.distributedID || undefined,
    mayReuse: input.enableDigestDeduplication ?? false,
    historyStep: input.historyStep ?? undefined,
    ttlSeconds: input.ttlDurationSeconds ?? undefined,
    storageRegion: input.storageRegion || undefined,
  }
}

function toWireManifest(manifest: ArtifactManifestRow, services: WandbServices): WireObject {
  const id = toGlobalId('ArtifactManifest', manifest.id)
  return {
    id,
    type: manifest.kind.toUpperCase(),
    digest: manifest.digest,
    file: (_: unknown, context: WandbContext) => ({
      id,
      name: manifest.name,
      displayName: manifest.name,
      directUrl: artifactLinks(services, context).downloadManifest(manifest.artifact),
      uploadUrl: artifactLinks(services, context).uploadManifest(manifest.id, manifest.digest),
      uploadHeaders: [],
    }),
  }
}
