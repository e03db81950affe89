import type { ArtifactAliasRow, ArtifactRow } from '@lossline/store'
import { toWireUserNamed } from '../accounts/wire-account.ts'
import type { ArtifactWire, WandbContext, WandbServices, WireObject } from '../context.ts'
import { toIsoTime } from '../iso-time.ts'
import { toConnection } from '../pages.ts'
import { toWireRun } from '../wire-run.ts'
import { artifactLinks, manifestFileName } from './artifact-links.ts'
import { toWireAlgorithm } from './digest-algorithms.ts'
import { toGlobalId } from './global-ids.ts'
import { toWireArtifactFiles } from './wire-artifact-files.ts'
import { wireAlias, wireTag } from './wire-labels.ts'

/** TTL on the wire: never. */
const noTtl = -2

/** `Artifact`. What costs a query is a method: only asked-for fields are computed. */
export function toWireArtifact(
  artifact: ArtifactRow,
  services: WandbServices,
  wire: ArtifactWire,
  options: { readonly hasVersionAliases?: boolean } = {},
): WireObject {
  const { reads } = services.artifacts
  const { id } = artifact
  const memberships = () => reads.membershipsOf(id)
  /** Who sees a version through a link alone does not see the collection in which it was made. */
  const sequence = async () => {
    const own = await reads.collectionById(artifact.sequence)
    const [link] = own === undefined ? await memberships() : []
    return link === undefined ? own : reads.collectionById(link.collection)
  }
  return {
    __typename: 'Artifact',
    id: toGlobalId('Artifact', id),
    artifactSequence: async () => wire.collection((await sequence())!),
    artifactType: async () => {
      const collection = await sequence()
      return collection && wire.typeOf(collection)
    },
    versionIndex: async () =>
      (await reads.membership({ collection: artifact.sequence, artifact: id }))?.versionIndex ?? null,
    state: artifact.state.toUpperCase(),
    digest: artifact.digest,
    digestAlgorithm: toWireAlgorithm(artifact.digestAlgorithm),
    description: artifact.description ?? null,
    metadata: artifact.metadata ?? null,
    labels: artifact.labels ?? null,
    ttlDurationSeconds: artifact.ttlSeconds ?? noTtl,
    ttlIsInherited: artifact.ttlSeconds === undefined,
    tags: artifact.tags.map((tag) => wireTag(`${id}`, tag)),
    aliases: async () => {
      const aliases = await reads.aliases({ artifact: id })
      const versions = options.hasVersionAliases ? await memberships() : []
      const asAliases = versions.map(
        ({ id: key, collection, versionIndex }): ArtifactAliasRow => ({
          // Made up, so that it is no other alias' id.
          id: -key,
          collection,
          alias: `v${versionIndex}`,
          artifact: id,
        }),
      )
      return [...aliases, ...asAliases].map((alias) => wireAlias(alias, services, wire))
    },
    historyStep: artifact.historyStep ?? null,
    size: artifact.sizeBytes,
    fileCount: artifact.fileCount,
    // Any text will do, but the client insists on one.
    commitHash: artifact.state === 'committed' ? artifact.digest : null,
    createdAt: toIsoTime(artifact.createdAtMs),
    updatedAt: toIsoTime(artifact.updatedAtMs),
    createdBy: () => creatorOf(artifact, services),
    usedBy: async (args: Parameters<typeof toConnection>[1]) => {
      const ids = await reads.runsOf({ artifact: id, direction: 'input' })
      const runs = await Promise.all(ids.map((run) => services.runs.findById(run)))
      return toConnection(
        runs.filter((run) => run !== undefined),
        { ...args, first: args.first ?? runs.length },
        (run) => toWireRun(run, services),
      )
    },
    artifactMemberships: async (args: Parameters<typeof toConnection>[1]) =>
      toConnection(await memberships(), { ...args, first: args.first ?? membershipCountMax }, (one) =>
        wire.membership(one),
      ),
    currentManifest: () => (artifact.state === 'committed' ? toWireManifest(artifact, services) : null),
    files: (args: Parameters<typeof toWireArtifactFiles>[2], context: WandbContext) =>
      toWireArtifactFiles(artifact, services, args, context),
    filesByManifestEntries: (
      args: Omit<Parameters<typeof toWireArtifactFiles>[2], 'names'> & {
        readonly entries?: readonly { readonly name: string }[] | null
      },
      context: WandbContext,
    ) =>
      toWireArtifactFiles(artifact, services, { ...args, names: args.entries?.map(({ name }) => name) ?? [] }, context),
  }
}

/** The client asks without paging. Those that are more come on its pages. */
const membershipCountMax = 500

async function creatorOf(artifact: ArtifactRow, services: WandbServices): Promise<WireObject | null> {
  if (artifact.createdByRun === undefined) {
    return { __typename: 'User', ...(await toWireUserNamed(artifact.username, services)) }
  }
  const run = await services.runs.findById(artifact.createdByRun)
  return run === undefined ? null : { __typename: 'Run', ...toWireRun(run, services) }
}

/** The merged manifest, always under its plain name. */
function toWireManifest(artifact: ArtifactRow, services: WandbServices): WireObject {
  const id = toGlobalId('ArtifactManifest', artifact.id)
  return {
    id,
    type: 'FULL',
    digest: artifact.digest,
    file: (_: unknown, context: WandbContext) => ({
      id,
      name: manifestFileName,
      displayName: manifestFileName,
      directUrl: artifactLinks(services, context).downloadManifest(artifact.id),
    }),
  }
}
